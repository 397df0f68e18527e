import type { Cause } from '../model/cause.ts';
import type { DnsRecord } from '../model/dns.ts';
import { hasMacro, isSpfRecord, parseSpf, type SpfTerm } from './spf.ts';

/** A mechanism `mx` looks at no more hosts than this (RFC 7208 §4.6.4). */
const maxMxHosts = 10;

export interface SpfQuestion {
  name: string;
  type: 'TXT' | 'MX' | 'AAAA';
}
/** Records (none: NODATA or NXDOMAIN), or why they could not be had. */
export type SpfAnswer = { known: true; records: readonly DnsRecord[] } | { known: false; cause: Cause };

export interface SpfTree {
  domain: string;
  /** SPF records of the domain itself; more than one is an error of its own (RFC 7208 §4.5). */
  records: string[];
  /** First way found by which an IPv6 sender passes: domain and term. Null: none found. */
  ipv6Path: { domain: string; term: string } | null;
  hasIpv4: boolean;
  invalidIp6: { domain: string; term: string }[];
  /** Terms that cost a look-up: include, redirect, a, mx (RFC 7208 §4.6.4). */
  lookups: number;
  /** The limit of look-ups ended the walk. */
  cut: boolean;
  /** Look-ups that failed. */
  failed: { name: string; type: string; cause: Cause }[];
  /** Terms that only a real message decides: exists, ptr, macros. */
  undecidable: { domain: string; term: string }[];
}

/**
 * Walks the SPF tree of a domain until an IPv6 way is found, without asking anything itself: yields DNS questions and takes the
 * answers. The probe drives it over the network and the fact over the evidence, so both see the same tree.
 */
export function* walkSpf(domain: string, maxLookups: number): Generator<SpfQuestion, SpfTree, SpfAnswer> {
  const tree: SpfTree = {
    domain,
    records: [],
    ipv6Path: null,
    hasIpv4: false,
    invalidIp6: [],
    lookups: 0,
    cut: false,
    failed: [],
    undecidable: [],
  };
  const seen = new Set<string>();
  const waiting = [domain];
  for (let next = waiting.shift(); next !== undefined && tree.ipv6Path === null && !tree.cut; next = waiting.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const records = textsOf(yield* ask(tree, next, 'TXT')).filter(isSpfRecord);
    if (next === domain) tree.records = records;
    const [record] = records;
    if (record === undefined || records.length > 1) continue;
    const { terms, redirect } = parseSpf(record);
    readAddresses(tree, next, terms);
    if (tree.ipv6Path !== null) break;
    for (const term of terms.filter(({ qualifier }) => qualifier === '+')) yield* follow(tree, { domain: next, term, waiting, maxLookups });
    if (redirect !== null && tree.ipv6Path === null)
      enqueue(tree, { domain: next, name: redirect, text: `redirect=${redirect}`, waiting, maxLookups });
  }
  return tree;
}

function readAddresses(tree: SpfTree, domain: string, terms: readonly SpfTerm[]): void {
  for (const { mechanism, qualifier, text, valid } of terms) {
    if (mechanism === 'ip4' && qualifier === '+') tree.hasIpv4 = true;
    if (mechanism === 'all' && qualifier === '+') tree.ipv6Path ??= { domain, term: text };
    if (mechanism !== 'ip6') continue;
    if (!valid) tree.invalidIp6.push({ domain, term: text });
    else if (qualifier === '+') tree.ipv6Path ??= { domain, term: text };
  }
}

interface Step {
  domain: string;
  term: SpfTerm;
  waiting: string[];
  maxLookups: number;
}

function* follow(tree: SpfTree, { domain, term, waiting, maxLookups }: Step): Generator<SpfQuestion, void, SpfAnswer> {
  const { mechanism, value, text } = term;
  if (tree.ipv6Path !== null) return;
  if (mechanism === 'exists' || mechanism === 'ptr') tree.undecidable.push({ domain, term: text });
  if (mechanism === 'include') enqueue(tree, { domain, name: value, text, waiting, maxLookups });
  if (mechanism !== 'a' && mechanism !== 'mx') return;
  const name = value === '' ? domain : value;
  if (!spend(tree, { domain, name, text, maxLookups })) return;
  const hosts = mechanism === 'a' ? [name] : exchangesOf(yield* ask(tree, name, 'MX'));
  for (const host of hosts) {
    const records = yield* ask(tree, host, 'AAAA');
    if (records.some(({ type }) => type === 'AAAA')) {
      tree.ipv6Path = { domain, term: text };
      return;
    }
  }
}

function enqueue(
  tree: SpfTree,
  { domain, name, text, waiting, maxLookups }: { domain: string; name: string; text: string; waiting: string[]; maxLookups: number },
): void {
  if (spend(tree, { domain, name, text, maxLookups })) waiting.push(name);
}

/** False: the name is not followed, and the tree says why. */
function spend(
  tree: SpfTree,
  { domain, name, text, maxLookups }: { domain: string; name: string; text: string; maxLookups: number },
): boolean {
  if (name === '' || hasMacro(name)) {
    tree.undecidable.push({ domain, term: text });
    return false;
  }
  if (tree.lookups >= maxLookups) {
    tree.cut = true;
    return false;
  }
  tree.lookups += 1;
  return true;
}

function* ask(tree: SpfTree, name: string, type: SpfQuestion['type']): Generator<SpfQuestion, readonly DnsRecord[], SpfAnswer> {
  const answer = yield { name, type };
  if (answer.known) return answer.records;
  tree.failed.push({ name, type, cause: answer.cause });
  return [];
}

function textsOf(records: readonly DnsRecord[]): string[] {
  return records.flatMap((record) => (record.type === 'TXT' ? [record.text] : []));
}

function exchangesOf(records: readonly DnsRecord[]): string[] {
  return records.flatMap((record) => (record.type === 'MX' && record.exchange !== '' ? [record.exchange] : [])).slice(0, maxMxHosts);
}
