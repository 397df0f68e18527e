import type { Resolution } from '../iteration/types.ts';
import { listedHosts } from '../model/agency-services.ts';
import type { EvidenceRecord } from '../model/evidence.ts';
import { type HostAddresses, probeAddresses, probeRecords } from './addresses.ts';
import { probeCertificateHosts } from './certificate-hosts.ts';
import type { ProbeContext } from './context.ts';
import { discoverZone } from './delegation.ts';
import { probeDnssec, probeResolverValidation } from './dnssec.ts';
import { probeHttpsRecords } from './https-records.ts';
import { probeMail } from './mail.ts';
import { probeMailPolicyHosts } from './mail-policy-hosts.ts';
import { probeNameServers, type ZoneToProbe } from './name-servers.ts';
import { probeSubresources } from './subresources.ts';
import { probeWebHost, type WebHostOutcome } from './web.ts';
import { probeProtocols } from './web-protocols.ts';

/** Hosts probed because a redirect leads there, over all of an agency's hosts. */
const maxRedirectHosts = 6;

type Crashes = EvidenceRecord['crashes'];

/**
 * Everything that one agency is asked, in the order that the questions need each other: zones and addresses first, then web, mail and
 * name servers side by side. A probe that throws is a crash of that probe alone (faults P11).
 */
export async function probeAgency(context: ProbeContext): Promise<Crashes> {
  const crashes: Crashes = [];
  const isolated = async <Result>(probe: string, fallback: Result, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      crashes.push({ probe, detail: (error instanceof Error ? error.message : String(error)).slice(0, 200) });
      return fallback;
    }
  };
  const hosts = listedHosts(context.agency, context.servicesOverride).map(({ host }) => host);
  const mailDomain = context.agency.mailDomain;
  const names = [...new Set([...hosts, ...(mailDomain === null ? [] : [mailDomain])])];
  const zones = isolated('delegation', [], () => Promise.all(names.map((name) => discoverZone(context, name))));
  await Promise.all([
    isolated('web', undefined, () => probeAllWeb(context, hosts, isolated)),
    isolated('mail', undefined, async () => (mailDomain === null ? undefined : probeMail(context, mailDomain))),
    isolated('mail-policy-hosts', undefined, async () => (mailDomain === null ? undefined : probeMailPolicyHosts(context, mailDomain))),
    isolated('https-records', undefined, () => probeHttpsRecords(context, hosts)),
    isolated('dnssec', undefined, async () => probeZoneSignatures(context, await zones, hosts)),
    isolated('name-servers', undefined, async () => {
      const exchangers = await exchangersOf(context, mailDomain);
      await probeZones(context, await zones, [...names, ...exchangers]);
    }),
  ]);
  return crashes;
}

type Isolated = <Result>(probe: string, fallback: Result, work: () => Promise<Result>) => Promise<Result>;

async function probeAllWeb(context: ProbeContext, hosts: readonly string[], isolated: Isolated): Promise<void> {
  const resolved = new Map<string, Promise<HostAddresses>>();
  const resolveHost = (host: string): Promise<HostAddresses> => {
    const addresses = resolved.get(host) ?? probeAddresses(context, host);
    resolved.set(host, addresses);
    return addresses;
  };
  const probeHost = async (host: string): Promise<WebHostOutcome> =>
    probeWebHost(context, host, { addresses: await resolveHost(host), resolveHost });
  const listed = await Promise.all(hosts.map(probeHost));
  const met = [...new Set(listed.flatMap(({ redirectHosts }) => redirectHosts))].filter((host) => !hosts.includes(host));
  const led = await Promise.all(met.slice(0, maxRedirectHosts).map(probeHost));
  const pages = [...listed, ...led].flatMap((outcome) => outcome.pages);
  const probed = [...listed, ...led].map(({ host }) => host);
  await Promise.all([
    isolated('subresources', undefined, () => probeSubresources(context, resolveHost, pages)),
    isolated('web-protocols', undefined, () => probeProtocols(context, resolveHost, probed)),
    isolated('certificate-hosts', undefined, () => probeCertificateHosts(context, resolveHost, probed)),
  ]);
}

/** MX hosts for the questions to the name servers; the same look-up as the mail probe's, so it costs no packet. */
async function exchangersOf(context: ProbeContext, mailDomain: string | null): Promise<string[]> {
  if (mailDomain === null || context.resolution.mode === 'resolver') return [];
  const { records } = await probeRecords(context, mailDomain, 'MX');
  return records.flatMap((record) => (record.type === 'MX' && record.exchange !== '' ? [record.exchange] : []));
}

/** Every zone once, with the names that lie in it. */
async function probeZones(context: ProbeContext, found: readonly Resolution[], names: readonly string[]): Promise<void> {
  if (context.resolution.mode === 'resolver') return;
  const zones = new Map<string, ZoneToProbe>();
  for (const resolution of found) {
    const cut = resolution.hops[0]?.cuts.at(-1);
    if (cut !== undefined && cut.zone !== '' && cut.parent !== null) zones.set(cut.zone, cut);
  }
  await Promise.all([...zones.values()].map((zone) => probeNameServers(context, zone, namesInside(zone.zone, [...zones.keys()], names))));
}

/** DNSSEC of every zone that holds hosts of the agency, with those hosts. */
async function probeZoneSignatures(context: ProbeContext, found: readonly Resolution[], hosts: readonly string[]): Promise<void> {
  if (context.resolution.mode === 'resolver') return probeResolverValidation(context, hosts);
  const chains = new Map(found.flatMap(({ hops: [hop] }) => (hop === undefined || hop.zone === '' ? [] : [[hop.zone, hop.cuts] as const])));
  await Promise.all(
    [...chains].map(([zone, cuts]) =>
      probeDnssec(
        context,
        cuts,
        namesInside(zone, [...chains.keys()], hosts).filter((name) => hosts.includes(name)),
      ),
    ),
  );
}

/** Names at or below the zone's apex that no deeper zone of ours holds; the apex first. */
function namesInside(zone: string, zones: readonly string[], names: readonly string[]): string[] {
  const within = (name: string, apex: string): boolean => name === apex || name.endsWith(`.${apex}`);
  const deeper = zones.filter((other) => other !== zone && within(other, zone));
  return [...new Set([zone, ...names])].filter((name) => within(name, zone) && !deeper.some((other) => within(name, other)));
}
