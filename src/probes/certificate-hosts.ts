import { families } from '../model/observation.ts';
import { certificateServices } from '../parsers/certificate-services.ts';
import { httpTarget } from '../parsers/http-target.ts';
import type { ProbeContext } from './context.ts';
import { askHttp, type ResolveHost, usableAddresses } from './http-ask.ts';
import { firstOverTls } from './web-protocols.ts';

/** Hosts asked for one agency: most certificates name two or three, and most agencies have one issuer. */
const maxHosts = 4;

/**
 * The OCSP, CRL and issuer hosts that the certificates of an agency's hosts name: addresses, one GET over IPv6, and one over IPv4 where
 * that fails. At most four hosts, in the order of `hosts`.
 */
export async function probeCertificateHosts(context: ProbeContext, resolveHost: ResolveHost, hosts: readonly string[]): Promise<void> {
  const urls: string[] = [];
  for (const host of hosts) {
    for (const family of families) {
      const working = await firstOverTls(context, resolveHost, { host, family });
      urls.push(...(working?.tls.chain[0]?.serviceUrls ?? []));
    }
  }
  const services = certificateServices(urls).slice(0, maxHosts);
  await Promise.all(services.map(({ url }) => askOnce(context, resolveHost, url)));
}

async function askOnce(context: ProbeContext, resolveHost: ResolveHost, url: string): Promise<void> {
  const target = httpTarget(url);
  if (target === null) return;
  const addresses = await resolveHost(target.host);
  const [six] = usableAddresses(context, addresses[6], 1);
  if (six === undefined) return;
  const { failure } = await askHttp(context, target, { family: 6, address: six, round: '1', shape: 'page' });
  const [four] = usableAddresses(context, addresses[4], 1);
  if (failure !== null && four !== undefined) await askHttp(context, target, { family: 4, address: four, round: '1', shape: 'page' });
}
