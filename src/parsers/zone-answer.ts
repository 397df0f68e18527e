import type { DnsRecord, DnsResponse } from '../model/dns.ts';
import { ourFailures } from '../model/failure.ts';
import type { ObservationOf } from '../model/observation.ts';

/** What an authoritative server said to one question about its own zone. Only the first three are proper answers. */
export type AnswerKind =
  | 'answer'
  | 'nodata'
  | 'nxdomain'
  /** A referral to a zone below: the name lies outside this zone. */
  | 'referral'
  /** NOERROR or NXDOMAIN without AA, or a referral upwards: this server does not serve the zone. */
  | 'not-authoritative'
  /** Records that do not answer the question, or RDATA of the wrong size (RFC 4074 §4.4). */
  | 'wrong-data'
  /** Another RCODE, or a reply that is no usable DNS message. */
  | 'error'
  | 'silent'
  | 'refused'
  /** Our own failure: says nothing about the server. */
  | 'ours';

export interface ZoneAnswer {
  kind: AnswerKind;
  /** RCODE, failure code, or the record type that came instead; '' for a proper answer. */
  detail: string;
  /** RDATA of the name itself as text, sorted: addresses, 'CNAME target', '10 mx.example', serial… */
  data: string[];
}

type DnsObservation = ObservationOf<'dns-query'>;

export function isInside(name: string, zone: string): boolean {
  return zone === '' || name === zone || name.endsWith(`.${zone}`);
}

/** Reads one observation of a question about `zone`. */
export function readZoneAnswer(observation: DnsObservation, zone: string): ZoneAnswer {
  const { response, failure, request } = observation;
  if (response === null) return readFailure(observation);
  if (response.truncated && request.transport === 'udp') return say('error', 'truncated');
  if (failure !== null) return readFailure(observation);
  if (response.rcode !== 'NOERROR' && response.rcode !== 'NXDOMAIN') return say('error', response.rcode);
  if (isReferralBelow(response, request.name, zone)) return say('referral', '');
  if (!response.authoritative) return say('not-authoritative', isUpwardReferral(response, zone) ? 'upward referral' : 'no AA');
  return readData(response, request);
}

function readData(response: DnsResponse, { name, type }: { name: string; type: string }): ZoneAnswer {
  const broken = response.malformed.find((record) => record.section === 'answer' && record.rrType === type);
  if (broken !== undefined) return say('wrong-data', broken.reason);
  const own = response.answers.filter((record) => record.name === name);
  const matching = own.filter((record) => record.type === type || record.type === 'CNAME');
  if (matching.length > 0) return { kind: 'answer', detail: '', data: [...new Set(matching.map(recordText))].sort() };
  const alias = response.answers.find((record) => record.type === 'DNAME');
  if (alias !== undefined) return { kind: 'answer', detail: '', data: [recordText(alias)] };
  const other = own[0];
  if (other !== undefined) return say('wrong-data', other.type === 'OTHER' ? other.rrType : other.type);
  return say(response.rcode === 'NXDOMAIN' ? 'nxdomain' : 'nodata', '');
}

function readFailure({ failure }: DnsObservation): ZoneAnswer {
  if (failure === null) return say('ours', 'internal-error');
  if (ourFailures.has(failure.code) || failure.code === 'address-refused') return say('ours', failure.code);
  if (failure.code === 'timeout') return say('silent', 'timeout');
  if (failure.code === 'malformed') return say('wrong-data', 'malformed');
  const refusing = ['refused', 'reset', 'network-unreachable', 'host-unreachable', 'admin-prohibited'];
  return say(refusing.includes(failure.code) ? 'refused' : 'error', failure.code);
}

function say(kind: AnswerKind, detail: string): ZoneAnswer {
  return { kind, detail, data: [] };
}

function isReferralBelow(response: DnsResponse, name: string, zone: string): boolean {
  if (response.rcode !== 'NOERROR' || response.authoritative || response.answers.length > 0) return false;
  return response.authorities.some(
    (record) => record.type === 'NS' && record.name !== zone && isInside(record.name, zone) && isInside(name, record.name),
  );
}

function isUpwardReferral(response: DnsResponse, zone: string): boolean {
  return (
    response.answers.length === 0 &&
    response.authorities.some((record) => record.type === 'NS' && record.name !== zone && isInside(zone, record.name))
  );
}

/** RDATA as text for comparison and display; names and addresses are as the guard hands them out. */
export function recordText(record: DnsRecord): string {
  if (record.type === 'A' || record.type === 'AAAA') return record.address;
  if (record.type === 'NS') return record.target;
  if (record.type === 'CNAME' || record.type === 'DNAME' || record.type === 'PTR') return `${record.type} ${record.target}`;
  if (record.type === 'MX') return `${record.preference} ${record.exchange}`;
  if (record.type === 'SOA') return String(record.serial);
  if (record.type === 'OTHER') return `${record.rrType} ${record.hex}`;
  return record.type;
}

/** What a plain SOA question shows of a server: the only test of liveness (RFC 1035 §3.3.13; faults D14, D15). */
export interface SoaReading {
  state: 'good' | 'lame' | 'truncated' | 'error' | 'silent' | 'refused' | 'ours';
  detail: string;
  serial: number | null;
}

/** Good needs all of: NOERROR, AA, an SOA record, and its owner the zone itself. */
export function readSoa(observation: DnsObservation, zone: string): SoaReading {
  const soa = observation.response?.answers.find((record) => record.type === 'SOA');
  const answer = readZoneAnswer(observation, zone);
  const reading = (state: SoaReading['state'], detail = answer.detail): SoaReading => ({ state, detail, serial: null });
  if (answer.kind === 'error' && answer.detail === 'truncated') return reading('truncated');
  if (answer.kind === 'error' || answer.kind === 'wrong-data') {
    return soa !== undefined && soa.name !== zone ? reading('lame', 'SOA of another zone') : reading('error');
  }
  if (answer.kind === 'silent' || answer.kind === 'refused' || answer.kind === 'ours') return reading(answer.kind);
  if (answer.kind === 'not-authoritative' || answer.kind === 'referral')
    return reading('lame', answer.detail === '' ? 'referral' : answer.detail);
  if (answer.kind === 'nxdomain') return reading('lame', 'NXDOMAIN');
  if (soa === undefined) return reading('lame', 'no SOA');
  if (soa.name !== zone) return reading('lame', 'SOA of another zone');
  return { state: 'good', detail: '', serial: soa.type === 'SOA' ? soa.serial : null };
}

/** Of several readings of one question (UDP and TCP after TC, with and without EDNS), the one that says most. */
export function bestAnswer(answers: readonly ZoneAnswer[]): ZoneAnswer | undefined {
  const order: readonly AnswerKind[] = [
    'answer',
    'nodata',
    'nxdomain',
    'referral',
    'wrong-data',
    'not-authoritative',
    'error',
    'refused',
    'silent',
    'ours',
  ];
  return [...answers].sort((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind))[0];
}
