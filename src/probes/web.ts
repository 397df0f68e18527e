import { listedHosts } from '../model/agency-services.ts';
import type { BodyEvidence, Family } from '../model/observation.ts';
import { type HttpTarget, httpTarget } from '../parsers/http-target.ts';
import type { ProbeContext } from './context.ts';
import { askHttp, type Connected, connectedAddresses, type HostAddresses, type ResolveHost, usableAddresses } from './http-ask.ts';
import { type Walk, walkChain } from './redirect-chain.ts';
import { type ChainsByFamily, type FamilyChains, familyOrder, type Landings, landingsOf, probeSecondRound } from './web-content.ts';
import { probeTransfer } from './web-transfer.ts';

/** IPv6 addresses of a host that are dialled; more is a `address-set` matter. */
const MAX_IPV6_ADDRESSES = 16;
const MAX_REDIRECT_HOSTS = 3;

/** A page at the end of a host's redirects, to read further URLs from. */
export interface FinalPage {
  family: Family;
  url: string;
  headers: readonly (readonly [string, string])[];
  body: BodyEvidence;
}

/** What later probes need of a host's web. */
export interface WebHostOutcome {
  host: string;
  /** Hosts that the https chain of either family leads to, at most three, the host itself left out. They are to be probed like it. */
  redirectHosts: string[];
  /** IPv6 first; empty where no chain ended in a page. */
  pages: FinalPage[];
}

interface Side {
  context: ProbeContext;
  host: string;
  family: Family;
  addresses: string[];
  connected: Connected;
}

/** The front page over https at every address. */
async function askEveryAddress({ context, host, family, addresses, connected }: Side): Promise<void> {
  const target: HttpTarget = { scheme: 'https', host, port: 443, path: '/' };
  const asked = addresses.map((address) => askHttp(context, target, { family, address, round: '1', shape: 'page' }));
  for (const observation of await Promise.all(asked)) connected.note(observation);
}

/** Port 80: the page at the first address, a bare connect at the others. */
async function askPort80({ context, host, family, addresses }: Side): Promise<void> {
  const [first, ...others] = addresses;
  if (first === undefined) return;
  const target: HttpTarget = { scheme: 'http', host, port: 80, path: '/' };
  await Promise.all([
    askHttp(context, target, { family, address: first, round: '1', shape: 'page' }),
    ...others.map((address) => context.network.perform({ op: 'tcp-connect', request: { family, address, port: 80, round: '1' } })),
  ]);
}

/** Everything of one family that needs no word from the other: a dead IPv6 never holds up IPv4. */
async function probeFamily(side: Side, resolveHost: ResolveHost): Promise<FamilyChains> {
  await Promise.all([askEveryAddress(side), askPort80(side)]);
  const walk: Walk = { context: side.context, family: side.family, connected: side.connected, resolveHost };
  const https = await walkChain(walk, `https://${side.host}/`);
  return { https, http: await walkChain(walk, `http://${side.host}/`) };
}

function redirectHostsOf(host: string, chains: ChainsByFamily): string[] {
  const met = ([6, 4] as const).flatMap((family) => chains[family]?.https.hosts ?? []);
  return [...new Set(met)].filter((name) => name !== host).slice(0, MAX_REDIRECT_HOSTS);
}

function pagesOf(landings: Landings): FinalPage[] {
  return ([6, 4] as const).flatMap((family) => {
    const landing = landings[family];
    const response = landing?.observation.response ?? null;
    if (landing === undefined || response === null || response.body === null) return [];
    return [{ family, url: landing.url, headers: response.headers, body: response.body }];
  });
}

/**
 * Performs what the web checks need of one host whose addresses are known: every address on 443, port 80, redirects per family, the second
 * look at the final pages, and the transfers. The families run side by side, the one that goes first by a hash of run and host.
 */
export async function probeWebHost(
  context: ProbeContext,
  host: string,
  options: { addresses: HostAddresses; resolveHost: ResolveHost },
): Promise<WebHostOutcome> {
  const limits = { 6: MAX_IPV6_ADDRESSES, 4: context.settings.web.maxIpv4Addresses };
  const chains: ChainsByFamily = {};
  await Promise.all(
    familyOrder(context.runId, host).map(async (family) => {
      const addresses = usableAddresses(context, options.addresses[family], limits[family]);
      if (addresses.length === 0) return;
      chains[family] = await probeFamily({ context, host, family, addresses, connected: connectedAddresses() }, ownFirst(host, options));
    }),
  );
  const landings = landingsOf(chains);
  await probeSecondRound(context, host, landings);
  await probeTransfer(context, landings);
  return { host, redirectHosts: redirectHostsOf(host, chains), pages: pagesOf(landings) };
}

/** The host's own addresses are known already; every other host of its chains is resolved when it is met. */
function ownFirst(host: string, { addresses, resolveHost }: { addresses: HostAddresses; resolveHost: ResolveHost }): ResolveHost {
  return (name) => (name === host ? Promise.resolve(addresses) : resolveHost(name));
}

/** The web of every host that the agency's list entry names, side by side, retired ones included: where they redirect is evidence. */
export function probeWeb(context: ProbeContext, resolveHost: ResolveHost): Promise<WebHostOutcome[]> {
  const hosts = listedHosts(context.agency, context.servicesOverride).filter(({ host }) => httpTarget(`https://${host}/`) !== null);
  return Promise.all(hosts.map(async ({ host }) => probeWebHost(context, host, { addresses: await resolveHost(host), resolveHost })));
}
