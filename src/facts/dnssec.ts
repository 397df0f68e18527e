import { type ChainVerdict, type SignedAnswer, verifyAddresses, verifyChain } from '../dnssec/chain.ts';
import { rootAnchors, type TrustAnchor } from '../dnssec/root-anchors.ts';
import type { BogusReason } from '../dnssec/verify-set.ts';
import { labelCount } from '../iteration/names.ts';
import { listedHosts } from '../model/agency-services.ts';
import type { Cause } from '../model/cause.ts';
import type { ObservationOf } from '../model/observation.ts';
import { isInside } from '../parsers/zone-answer.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { addressSet, zoneOf } from './lookup.ts';
import { registrableDomain } from './registrable-domain.ts';
import { notAskedCause } from './soa-liveness.ts';

/** One name of the zone. 'absent': publishes no AAAA. 'limit': too much work to know. */
export interface ValidatedName {
  name: string;
  state: 'valid' | 'bogus' | 'absent' | 'limit' | 'unknown';
  /** Why it is bogus; '' otherwise. */
  reason: BogusReason | 'resolver-says-bogus' | '';
}

/** Does a validating resolver get the AAAA of the agency's names in this zone? */
export interface DnssecAaaa {
  zone: string;
  /** 'no-anchor': the run starts from root servers of its own and was given no trust anchor. 'broken-above': in a zone that is not the agency's. */
  state: 'signed' | 'unsigned' | 'no-anchor' | 'broken-above' | 'limit' | 'missing';
  /** Zone in which the chain ends; '' for the root. */
  at: string;
  /** How the chain ends: 'nsec', 'opt-out', 'unsupported', a reason for bogus; '' when signed. */
  how: string;
  names: ValidatedName[];
  /** Why something could not be known; null when all is. */
  cause: Cause | null;
}

type DnsObservation = ObservationOf<'dns-query'>;

/**
 * Validates the AAAA of the agency's hosts in a zone over the stored answers, at the time of each answer, so that judging again
 * gives the same. Targets of aliases in other zones are those zones' affair.
 */
export function dnssecAaaaOf(context: AgencyContext, zone: string): Fact<DnssecAaaa> {
  return cached(context, `dnssecAaaa ${zone}`, () => {
    if (context.run.vantage.dnsPath === 'intercepted') return unknown('vantage-dns-intercepted');
    if (context.manifest.resolution.mode === 'resolver') return byResolver(context, zone);
    const anchors = anchorsOf(context);
    const base = { zone, at: '', how: '', names: [], cause: null };
    if (anchors.length === 0) return known({ ...base, state: 'no-anchor' });
    const place = zoneOf(context, zone);
    if (!place.known) return place;
    if (place.value.zone !== zone) return unknown('dns-inconsistent', place.observations);
    const used = new Set<string>();
    const answers = (name: string, type: string): SignedAnswer[] => signedAnswers(context, { name, type }, used);
    const zones = [...place.value.parentChain.map((cut) => cut.zone), zone];
    const chain = verifyChain({ zones, anchors, answers, limits: context.manifest.settings.dns });
    const value = judge(context, { zone, chain, answers });
    return value === null ? unknown('vantage-dns-intercepted', [...used]) : known(value, [...used]);
  });
}

/** The shipped anchors are the public root's; other roots have theirs or none. */
function anchorsOf({ manifest }: AgencyContext): readonly TrustAnchor[] {
  if (manifest.trustAnchors !== undefined) return manifest.trustAnchors;
  const { resolution } = manifest;
  const servers = resolution.mode === 'iterative' ? resolution.rootServers : [];
  return servers.length > 0 && servers.every(({ name }) => name.endsWith('.root-servers.net')) ? rootAnchors : [];
}

interface Judged {
  zone: string;
  chain: ChainVerdict;
  answers: (name: string, type: string) => SignedAnswer[];
}

/** Null: somebody between us and the root takes its keys away. */
function judge(context: AgencyContext, { zone, chain, answers }: Judged): DnssecAaaa | null {
  const names = hostsOf(context, zone);
  const base = { zone, at: zone, how: '', names: [], cause: null };
  switch (chain.state) {
    case 'unsigned-root':
      return null;
    case 'insecure':
      return { ...base, state: 'unsigned', at: chain.zone, how: chain.how };
    case 'limit':
      return { ...base, state: 'limit', at: chain.zone, cause: 'budget-exhausted' };
    case 'missing':
      return { ...base, state: 'missing', at: chain.zone, cause: missingCause(context, chain.zone, ['DS', 'DNSKEY']) };
    case 'bogus': {
      const own = labelCount(chain.zone) >= labelCount(registrableDomain(zone));
      if (!own) return { ...base, state: 'broken-above', at: chain.zone, how: chain.reason, cause: 'dns-bogus' };
      const cut = names.map((name): ValidatedName => withoutChain(context, name, chain.reason));
      return { ...base, state: 'signed', at: chain.zone, how: chain.reason, names: cut, cause: causeOfNames(context, cut) };
    }
    case 'secure': {
      const signer = { zone, keys: chain.keys, limits: context.manifest.settings.dns };
      const verified = names.map((name): ValidatedName => {
        const verdict = verifyAddresses(answers(name, 'AAAA'), name, signer);
        if (verdict.state === 'bogus') return { name, state: 'bogus', reason: verdict.reason };
        const states = { secure: 'valid', absent: 'absent', limit: 'limit', missing: 'unknown' } as const;
        return { name, state: states[verdict.state], reason: '' };
      });
      return { ...base, state: 'signed', names: verified, cause: causeOfNames(context, verified) };
    }
  }
}

/** Every name of a zone whose own chain is broken is bogus, if it has AAAA at all. */
function withoutChain(context: AgencyContext, name: string, reason: BogusReason): ValidatedName {
  const set = addressSet(context, name, 6);
  if (!set.known) return { name, state: 'unknown', reason: '' };
  return set.value.outcome === 'answer' ? { name, state: 'bogus', reason } : { name, state: 'absent', reason: '' };
}

function causeOfNames(context: AgencyContext, names: readonly ValidatedName[]): Cause | null {
  if (names.some(({ state }) => state === 'limit')) return 'budget-exhausted';
  const open = names.find(({ state }) => state === 'unknown');
  return open === undefined ? null : missingCause(context, open.name, ['AAAA']);
}

/** The agency's hosts whose records this zone holds itself. */
function hostsOf(context: AgencyContext, zone: string): string[] {
  return listedHosts(context.agency, context.manifest.servicesOverride)
    .map(({ host }) => host)
    .filter((host) => {
      if (!isInside(host, zone)) return false;
      if (context.manifest.resolution.mode === 'resolver') return true;
      const place = zoneOf(context, host);
      return place.known && place.value.zone === zone;
    });
}

/** Whole responses to the question with DO, from whatever server; their ids go to `used`. */
function signedAnswers(context: AgencyContext, { name, type }: { name: string; type: string }, used: Set<string>): SignedAnswer[] {
  return asked(context, name, type).flatMap(({ id, response, failure, startedAt }) => {
    if (response === null || failure !== null || response.truncated) return [];
    if (response.rcode !== 'NOERROR' && response.rcode !== 'NXDOMAIN') return [];
    used.add(id);
    return [{ response, atMs: Date.parse(startedAt) }];
  });
}

function asked(context: AgencyContext, name: string, type: string): DnsObservation[] {
  return context.evidence.dnsQuestions(name, type).filter(({ request }) => request.dnssecOk && !request.recursionDesired);
}

/** Why no answer to such a question is in the evidence. */
function missingCause(context: AgencyContext, name: string, types: readonly string[]): Cause {
  const questions = types.flatMap((type) => asked(context, name, type));
  const rcodes = questions.map(({ response }) => response?.rcode ?? '');
  if (rcodes.includes('SERVFAIL')) return 'dns-servfail';
  if (rcodes.includes('REFUSED')) return 'dns-refused';
  if (questions.some(({ failure }) => failure?.code === 'timeout')) return 'dns-timeout';
  return questions.length > 0 ? 'dns-lame' : notAskedCause(context);
}

/** A validating resolver answers SERVFAIL for what it finds bogus, and gives the records when told not to check (RFC 4035 §3.2.2). */
function byResolver(context: AgencyContext, zone: string): Fact<DnssecAaaa> {
  const checking = (name: string, type: string): DnsObservation[] =>
    context.evidence
      .dnsQuestions(name, type)
      .filter(({ request }) => request.recursionDesired && request.dnssecOk && !request.checkingDisabled);
  const root = checking('', 'SOA');
  const validates = root.some(({ response }) => response?.authenticData === true);
  if (!validates)
    return unknown(
      'no-validator',
      root.map(({ id }) => id),
    );
  const used = new Set(root.map(({ id }) => id));
  const names = hostsOf(context, zone).map((name): ValidatedName => {
    const answers = checking(name, 'AAAA');
    for (const { id } of answers) used.add(id);
    const unchecked = addressSet(context, name, 6);
    if (unchecked.known && unchecked.value.outcome !== 'answer') return { name, state: 'absent', reason: '' };
    const rcodes = answers.map(({ response }) => response?.rcode ?? '');
    if (rcodes.includes('NOERROR')) return { name, state: 'valid', reason: '' };
    const bogus = unchecked.known && rcodes.includes('SERVFAIL');
    return bogus ? { name, state: 'bogus', reason: 'resolver-says-bogus' } : { name, state: 'unknown', reason: '' };
  });
  const cause = names.some(({ state }) => state === 'unknown') ? 'dns-timeout' : null;
  return known({ zone, state: 'signed', at: zone, how: '', names, cause }, [...used]);
}
