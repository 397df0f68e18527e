import { families, type TlsEvidence } from '../model/observation.ts';
import type { HttpTarget } from '../parsers/http-target.ts';
import type { ProbeContext } from './context.ts';
import { askHttp, type ResolveHost, usableAddresses } from './http-ask.ts';

/** What a browser offers (RFC 9113 §3.2). */
const offered = ['h2', 'http/1.1'];
const maxAddresses = { 6: 16, 4: 4 };

interface Working {
  address: string;
  tls: TlsEvidence;
}

/** The first address of a family where a handshake for the front page ended. Every address was asked by the web probe: the memo answers, no packet is sent. */
export async function firstOverTls(
  context: ProbeContext,
  resolveHost: ResolveHost,
  asked: { host: string; family: 4 | 6 },
): Promise<Working | null> {
  const { host, family } = asked;
  const target: HttpTarget = { scheme: 'https', host, port: 443, path: '/' };
  const limit = family === 4 ? Math.min(maxAddresses[4], context.settings.web.maxIpv4Addresses) : maxAddresses[6];
  for (const address of usableAddresses(context, (await resolveHost(host))[family], limit)) {
    const { response, handshake } = await askHttp(context, target, { family, address, round: '1', shape: 'page' });
    const tls = response?.tls ?? handshake ?? null;
    if (tls !== null) return { address, tls };
  }
  return null;
}

/** One more handshake a family, offering h2, at the first address that works (`web-protocols`). Hosts without HTTPS are not asked. */
export async function probeProtocols(context: ProbeContext, resolveHost: ResolveHost, hosts: readonly string[]): Promise<void> {
  const sides = hosts.flatMap((host) => families.map((family) => ({ host, family })));
  await Promise.all(
    sides.map(async ({ host, family }) => {
      const working = await firstOverTls(context, resolveHost, { host, family });
      if (working === null) return;
      const request = { family, address: working.address, port: 443, round: '1' as const, serverName: host, alpn: [...offered] };
      await context.network.perform({ op: 'tls-handshake', request });
    }),
  );
}
