import type { DnsQueryRequest, ObservationOf, Round } from '../model/observation.ts';
import type { ServerQuestion } from './types.ts';

type DnsObservation = ObservationOf<'dns-query'>;

/** How a question is put; what is left out is as iteration asks: RD, CD and DO clear, round '1'. */
export interface AskOptions {
  udpPayloadBytes: number;
  recursionDesired?: boolean | undefined;
  checkingDisabled?: boolean | undefined;
  dnssecOk?: boolean | undefined;
  round?: Round | undefined;
}

/** The first request for a question: UDP with EDNS. */
export function dnsRequest(question: ServerQuestion, options: AskOptions): DnsQueryRequest {
  return {
    family: question.family,
    address: question.address,
    port: 53,
    round: options.round ?? '1',
    transport: 'udp',
    name: question.name,
    type: question.type,
    recursionDesired: options.recursionDesired ?? false,
    checkingDisabled: options.checkingDisabled ?? false,
    dnssecOk: options.dnssecOk ?? false,
    udpPayloadBytes: options.udpPayloadBytes,
  };
}

/** Null where the first request was not answered for (not in the evidence). */
export type Exchange = Generator<DnsQueryRequest, DnsObservation | null, DnsObservation | null>;

/**
 * One question to one server until it is settled: once without EDNS after FORMERR, NOTIMP, BADVERS (RFC 6891 §7) or silence;
 * over TCP after TC (RFC 7766 §5) or answers that did not match (RFC 5452). `probes` performs the requests, `facts` finds
 * them in the evidence: one logic.
 */
export function* exchange(first: DnsQueryRequest): Exchange {
  const udp = yield first;
  if (udp === null) return null;
  let settled = udp;
  if (mayMindEdns(udp)) {
    const plain = yield { ...first, dnssecOk: false, udpPayloadBytes: null };
    if (plain !== null && isAnswered(plain) && !refusesEdns(plain)) settled = plain;
  }
  if (wantsTcp(settled)) {
    const tcp = yield { ...settled.request, transport: 'tcp' };
    // A truncated response decides nothing; one that came beside mismatches still stands when TCP gives nothing.
    if (tcp !== null && (isAnswered(tcp) || !isAnswered(settled) || settled.response?.truncated === true)) settled = tcp;
  }
  return settled;
}

/** A whole response came. */
export function isAnswered(observation: DnsObservation): boolean {
  return observation.failure === null && observation.response !== null;
}

const ednsRcodes: ReadonlySet<string> = new Set(['FORMERR', 'NOTIMP', 'BADVERS']);

function refusesEdns(observation: DnsObservation): boolean {
  return isAnswered(observation) && ednsRcodes.has(observation.response?.rcode ?? '');
}

function mayMindEdns(observation: DnsObservation): boolean {
  if (observation.request.udpPayloadBytes === null) return false;
  return refusesEdns(observation) || observation.failure?.code === 'timeout';
}

function wantsTcp(observation: DnsObservation): boolean {
  if (observation.failure !== null) return observation.failure.code === 'answer-mismatch' || observation.failure.code === 'truncated';
  return observation.response !== null && (observation.response.truncated || observation.response.mismatches > 0);
}
