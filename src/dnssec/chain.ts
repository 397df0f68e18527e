import type { DnsRecord, DnsResponse } from '../model/dns.ts';
import { verifyNoDs } from './denial.ts';
import { type DnsKey, isSupported, keyTag, matchesDs, zoneKeys } from './keys.ts';
import { recordType } from './record-wire.ts';
import type { TrustAnchor } from './root-anchors.ts';
import { type BogusReason, type SetVerdict, setOf, type Verifier, verifySet, type WorkLimits } from './verify-set.ts';

/** A response to a question with DO set, and when it came (epoch ms). */
export interface SignedAnswer {
  response: DnsResponse;
  atMs: number;
}

export interface ChainInput {
  /** Zones from the root ('') down to the zone that is judged. */
  zones: readonly string[];
  anchors: readonly TrustAnchor[];
  /** Everything that came back for a question, from whatever servers. */
  answers(name: string, type: string): readonly SignedAnswer[];
  limits: WorkLimits;
}

/**
 * How far trust reaches. `secure`: with the zone's keys. `insecure`: the parent proves that there is no DS, or has only DS
 * that nobody here can check. `unsigned-root`: the root has no keys at all. `missing`: a link was not in the evidence.
 */
export type ChainVerdict =
  | { state: 'secure'; keys: DnsKey[] }
  | { state: 'insecure'; zone: string; how: string }
  | { state: 'unsigned-root' }
  | { state: 'bogus'; zone: string; reason: BogusReason }
  | { state: 'limit' | 'missing'; zone: string };

/** Follows the chain of trust from the anchors to the last zone (RFC 4035 §5). */
export function verifyChain(input: ChainInput): ChainVerdict {
  const [root = '', ...below] = input.zones;
  const rootAnswers = input.answers(root, 'DNSKEY');
  if (rootAnswers.length > 0 && rootAnswers.every(isUnsigned)) return { state: 'unsigned-root' };
  let link = keysBehind(input, root, input.anchors);
  let parent = root;
  for (const zone of below) {
    if (link.state !== 'secure') return link;
    const next = followLink(input, { parent, zone, keys: link.keys });
    if (next.state !== 'secure') return next;
    link = next;
    parent = zone;
  }
  return link;
}

function isUnsigned({ response }: SignedAnswer): boolean {
  return response.rcode === 'NOERROR' && !response.answers.some((record) => record.type === 'DNSKEY');
}

/** From the parent's keys over the DS, or the proof that there is none, to the child's keys. */
function followLink(input: ChainInput, { parent, zone, keys }: { parent: string; zone: string; keys: DnsKey[] }): ChainVerdict {
  const verdicts = input.answers(zone, 'DS').map(({ response, atMs }): ChainVerdict | { state: 'ds'; records: DnsRecord[] } => {
    const verifier: Verifier = { zone: parent, keys, atMs, limits: input.limits };
    const set = setOf(response.answers, zone, 'DS');
    if (set.records.length === 0) {
      const denial = verifyNoDs(response.authorities, zone, verifier);
      if (denial.state === 'insecure') return { state: 'insecure', zone, how: denial.how };
      return placed(denial, parent);
    }
    const verdict = verifySet(set, verifier);
    return verdict.state === 'secure' ? { state: 'ds', records: [...set.records] } : placed(verdict, parent);
  });
  const signed = verdicts.find((verdict) => verdict.state === 'ds');
  if (signed?.state === 'ds') {
    const usable = signed.records.flatMap((record) => (record.type === 'DS' && isSupported(record) ? [record] : []));
    return usable.length === 0 ? { state: 'insecure', zone, how: 'unsupported' } : keysBehind(input, zone, usable);
  }
  return best(verdicts as ChainVerdict[]) ?? { state: 'missing', zone };
}

const maxDigests = 16;

/** The zone's keys, if a key that a DS names signs them (RFC 4035 §5.2). */
function keysBehind(input: ChainInput, zone: string, trusted: readonly TrustAnchor[]): ChainVerdict {
  const verdicts = input.answers(zone, 'DNSKEY').map(({ response, atMs }): ChainVerdict => {
    const set = setOf(response.answers, zone, 'DNSKEY');
    const keys = zoneKeys(set.records, zone);
    if (keys.length === 0) return { state: 'bogus', zone, reason: 'no-key' };
    const entries = entryKeys(keys, trusted, input.limits);
    if (entries.keys.length === 0)
      return entries.limited ? { state: 'limit', zone } : { state: 'bogus', zone, reason: 'ds-matches-no-key' };
    const verdict = verifySet(set, { zone, keys: entries.keys, atMs, limits: input.limits });
    if (verdict.state === 'secure') return { state: 'secure', keys };
    return entries.limited ? { state: 'limit', zone } : placed(verdict, zone);
  });
  return best(verdicts) ?? { state: 'missing', zone };
}

/** Keys whose digest a DS holds; the digests made are counted, because tags can be made to collide. */
function entryKeys(keys: readonly DnsKey[], trusted: readonly TrustAnchor[], limits: WorkLimits): { keys: DnsKey[]; limited: boolean } {
  const tags = keys.map((key) => ({ key, tag: keyTag(key) }));
  const found = new Set<DnsKey>();
  let digests = 0;
  let limited = false;
  for (const ds of trusted) {
    const candidates = tags.filter(({ key, tag }) => tag === ds.keyTag && key.algorithm === ds.algorithm);
    if (candidates.length > limits.maxKeysPerTag) limited = true;
    for (const { key } of candidates.slice(0, limits.maxKeysPerTag)) {
      if (digests >= maxDigests) return { keys: [...found], limited: true };
      digests += 1;
      if (matchesDs(key, ds)) found.add(key);
    }
  }
  return { keys: [...found], limited };
}

function placed(verdict: Exclude<SetVerdict, { state: 'secure' }>, zone: string): ChainVerdict {
  return verdict.state === 'bogus' ? { state: 'bogus', zone, reason: verdict.reason } : { state: 'limit', zone };
}

const order: readonly ChainVerdict['state'][] = ['secure', 'insecure', 'limit', 'bogus', 'missing'];

/** One server that proves it is enough: a resolver goes on to the next server after a bogus answer (RFC 4035 §4.7). */
function best(verdicts: readonly ChainVerdict[]): ChainVerdict | undefined {
  return [...verdicts].sort((left, right) => order.indexOf(left.state) - order.indexOf(right.state))[0];
}

/** What the answers for one name hold of a type, alias included; `absent` when none of them has it. */
export type NameVerdict = { state: 'secure' | 'absent' | 'limit' | 'missing' } | { state: 'bogus'; reason: BogusReason };

/** Are the AAAA of a name, and the alias that leads to them inside the zone, signed by the zone's keys? */
export function verifyAddresses(answers: readonly SignedAnswer[], name: string, signer: Omit<Verifier, 'atMs'>): NameVerdict {
  const verdicts = answers.map(({ response, atMs }): NameVerdict => {
    const types = ['AAAA', 'CNAME'].filter((type) =>
      response.answers.some((record) => record.name === name && recordType(record) === type),
    );
    const [type] = types;
    return type === undefined ? { state: 'absent' } : verifySet(setOf(response.answers, name, type), { ...signer, atMs });
  });
  const ranks: readonly NameVerdict['state'][] = ['secure', 'limit', 'bogus', 'absent', 'missing'];
  return [...verdicts].sort((left, right) => ranks.indexOf(left.state) - ranks.indexOf(right.state))[0] ?? { state: 'missing' };
}
