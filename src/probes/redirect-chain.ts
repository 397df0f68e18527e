import type { Family } from '../model/observation.ts';
import { httpTarget, plainUrl } from '../parsers/http-target.ts';
import { redirectTarget } from '../parsers/redirect.ts';
import type { ProbeContext } from './context.ts';
import { askHttp, type Connected, connectFailed, type HttpObservation, type ResolveHost, usableAddresses } from './http-ask.ts';

/** Addresses of a hop that are tried while connects fail; a dead host costs a minute for each. */
const MAX_ADDRESSES_PER_HOP = 3;

export interface ChainHop {
  url: string;
  host: string;
  /** The last request made for this hop. */
  observation: HttpObservation;
}

/**
 * A chain as it was walked. 'page': the last hop answered and leads nowhere. 'failed': it gave no response. 'no-address': the next
 * host has no usable address in this family, so nothing was asked. 'stopped': a bad target, an address literal, a loop or too many hops.
 */
export interface WalkedChain {
  hops: ChainHop[];
  end: 'page' | 'failed' | 'no-address' | 'stopped';
  /** Every host met, in order, also one that could not be dialled. */
  hosts: string[];
}

export interface Walk {
  context: ProbeContext;
  family: Family;
  resolveHost: ResolveHost;
  connected: Connected;
}

/** Asks one URL at the first address that takes a connection; null when the host has none in this family. */
async function askHop({ context, family, resolveHost, connected }: Walk, url: string): Promise<ChainHop | null> {
  const target = httpTarget(url);
  if (target === null) return null;
  const addresses = usableAddresses(context, (await resolveHost(target.host))[family], 16);
  let hop: ChainHop | null = null;
  for (const address of connected.prefer(addresses).slice(0, MAX_ADDRESSES_PER_HOP)) {
    const observation = await askHttp(context, target, { family, address, round: '1', shape: 'page' });
    connected.note(observation);
    hop = { url, host: target.host, observation };
    if (!connectFailed(observation)) break;
  }
  return hop;
}

/**
 * Follows redirects and short meta refreshes from a URL, every hop resolved anew and dialled over the same family only (faults W6,
 * W7), at most `http.maxRedirects` hops. Judges nothing: what was asked is in the evidence.
 */
export async function walkChain(walk: Walk, start: string): Promise<WalkedChain> {
  const chain: WalkedChain = { hops: [], end: 'stopped', hosts: [] };
  const asked = new Set<string>();
  const first = httpTarget(start);
  let url: string | null = first === null ? null : plainUrl(first);
  while (url !== null && !asked.has(url) && chain.hops.length <= walk.context.settings.http.maxRedirects) {
    asked.add(url);
    chain.hosts.push(httpTarget(url)?.host ?? '');
    const hop: ChainHop | null = await askHop(walk, url);
    if (hop === null) return { ...chain, end: 'no-address' };
    chain.hops.push(hop);
    const { response } = hop.observation;
    if (response === null) return { ...chain, end: 'failed' };
    const target = redirectTarget({ url, response });
    if (target === null) return { ...chain, end: 'page' };
    url = target.kind === 'http' || target.kind === 'meta' ? target.url : null;
  }
  return chain;
}
