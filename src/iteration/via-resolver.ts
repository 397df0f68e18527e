import type { Cause } from '../model/cause.ts';
import type { DnsRecord, DnsResponse } from '../model/dns.ts';
import { causeOfReply, readReply } from './cause.ts';
import { recordType } from './classify.ts';
import { isAnswered } from './exchange.ts';
import type { Iteration, Resolution } from './types.ts';

interface ResolverAnswer {
  outcome: 'answer' | 'nodata' | 'nxdomain';
  records: DnsRecord[];
  aliases: string[];
}

/**
 * The answer of the first resolver that gives one (`--resolver`), taken as it is: no cuts, no servers, nothing followed. The
 * driver sets RD and CD in the requests.
 */
export function* viaResolver(options: { resolvers: readonly string[] }, name: string, type: string): Iteration<Resolution> {
  const base = { name, type, policy: 'both' as const, cuts: [], brokenCut: null, perServer: [], hops: [] };
  const observations: string[] = [];
  let cause: Cause = 'not-attempted';
  for (const address of options.resolvers) {
    const family = address.includes(':') ? 6 : 4;
    const [observation = null] = yield [{ address, family, name, type }];
    if (observation !== null) observations.push(observation.id);
    const response = observation !== null && isAnswered(observation) ? observation.response : null;
    const answer = response === null ? null : readAnswer(response, name, type);
    if (answer !== null) return { ...base, ...answer, cause: null, observations };
    cause = causeOfReply(readReply({ address, family, source: 'hint' }, observation, { zone: '', name, type }));
  }
  return { ...base, outcome: 'broken', records: [], aliases: [], cause, observations };
}

/** Null when the response decides nothing. */
function readAnswer(response: DnsResponse, name: string, type: string): ResolverAnswer | null {
  if (response.rcode !== 'NOERROR' && response.rcode !== 'NXDOMAIN') return null;
  const aliases = chainFrom(response, name, type);
  const last = aliases.at(-1) ?? name;
  const records = response.answers.filter((record) => record.name === last && recordType(record) === type);
  if (records.length > 0) return { outcome: 'answer', records, aliases };
  if (response.answers.some((record) => record.type === 'CNAME' && record.name === last) && type !== 'CNAME') return null;
  // A server that offers no recursion and has nothing to say about the name is no resolver.
  if (!response.recursionAvailable && !response.authoritative) return null;
  if (response.malformed.some((record) => record.section === 'answer')) return null;
  return { outcome: response.rcode === 'NXDOMAIN' ? 'nxdomain' : 'nodata', records: [], aliases };
}

/** CNAMEs of the answer in order (a DNAME brings its own); each record is used once, so loops end. */
function chainFrom(response: DnsResponse, name: string, type: string): string[] {
  if (type === 'CNAME') return [];
  const targets = new Map(response.answers.flatMap((record) => (record.type === 'CNAME' ? [[record.name, record.target] as const] : [])));
  const chain: string[] = [];
  let current = targets.get(name);
  while (current !== undefined && !chain.includes(current) && current !== name) {
    chain.push(current);
    current = targets.get(current);
  }
  return chain;
}
