import type { Cause } from '../model/cause.ts';
import { ourFailures } from '../model/failure.ts';
import type { ObservationOf } from '../model/observation.ts';
import type { AgencyContext } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { nameServersOf } from './name-servers.ts';
import { lastTryWindow } from './observed.ts';
import { registrableDomain } from './registrable-domain.ts';
import { notAskedCause } from './soa-liveness.ts';
import { zoneAnswersOf } from './zone-answers.ts';

type DnsObservation = ObservationOf<'dns-query'>;

/** How a large answer of one server comes over IPv6; `shown` is 'name [address]'. */
export interface LargeAnswerAt {
  shown: string;
  /** 'udp-lost': datagrams are lost, but TCP or a smaller size brings it. 'lost': nothing brings it. */
  state: 'arrives' | 'udp-lost' | 'lost' | 'unmeasured';
  cause: Cause | null;
}

export interface LargeAnswers {
  zone: string;
  /** Type and size of the largest answer found, in bytes. */
  type: string;
  bytes: number;
  /** Larger than one datagram of `dns.udpPayloadBytes`. */
  isLarge: boolean;
  hasIpv6: boolean;
  servers: LargeAnswerAt[];
}

const types = ['DNSKEY', 'TXT'] as const;

/** Large answers over IPv6, by the servers that answer plain SOA over UDP there: silence of the others is not about size. */
export function largeAnswersOf(context: AgencyContext, zone: string): Fact<LargeAnswers> {
  const servers = nameServersOf(context, zone);
  if (!servers.known) return servers;
  const asked = types.flatMap((type) => questions(context, zone, type));
  const observations = [...servers.observations, ...asked.map(({ id }) => id)];
  const sizes = types.map((type) => ({ type, bytes: sizeOf(context, questions(context, zone, type)) }));
  const [largest] = [...sizes].sort((left, right) => (right.bytes ?? -1) - (left.bytes ?? -1));
  const limit = context.manifest.settings.dns.udpPayloadBytes;
  if (largest === undefined || largest.bytes === null) return unknown(causeOf(context, zone, asked), observations);
  const isLarge = largest.bytes > limit;
  const open = sizes.find(({ bytes }) => bytes === null);
  if (!isLarge && open !== undefined) return unknown(causeOf(context, zone, questions(context, zone, open.type)), observations);
  const addresses = servers.value.servers.flatMap((server) =>
    server.addresses.filter(({ family, published }) => family === 6 && published).map((address) => ({ ...address, name: server.name })),
  );
  const live = new Map(addresses.filter(({ udp }) => udp.state === 'good' || udp.state === 'unstable').map((each) => [each.address, each]));
  const value: LargeAnswers = {
    zone,
    type: largest.type,
    bytes: largest.bytes,
    isLarge,
    hasIpv6: addresses.length > 0,
    servers: isLarge
      ? [...live.values()].flatMap(({ address, name }) => {
          const own = questions(context, zone, largest.type).filter(({ request }) => request.address === address);
          return own.length === 0 ? [] : [{ shown: `${name} [${address}]`, ...stateOf(context, own, zone) }];
        })
      : [],
  };
  return known(value, observations);
}

/** With DO, and without EDNS where a server does not know it. */
function questions(context: AgencyContext, zone: string, type: string): DnsObservation[] {
  return context.evidence
    .dnsQuestions(zone, type)
    .filter(({ request }) => !request.recursionDesired && (request.dnssecOk || request.udpPayloadBytes === null));
}

/** Null: nobody answered. TC alone may be a rate limiter's slip; where the whole answer came, its size counts. */
function sizeOf(context: AgencyContext, asked: readonly DnsObservation[]): number | null {
  const answers = asked.flatMap(({ response }) => (response !== null && response.rcode === 'NOERROR' ? [response] : []));
  const whole = answers.filter(({ truncated }) => !truncated).map(({ messageBytes }) => messageBytes);
  if (whole.length > 0) return Math.max(...whole);
  return answers.length === 0 ? null : context.manifest.settings.dns.udpPayloadBytes + 1;
}

function stateOf(context: AgencyContext, own: readonly DnsObservation[], zone: string): Omit<LargeAnswerAt, 'shown'> {
  const udp = own.filter(({ request }) => request.transport === 'udp');
  const large = udp.filter(({ request }) => (request.udpPayloadBytes ?? 0) > context.manifest.settings.dns.udpPayloadBytes);
  const usual = udp.filter((observation) => !large.includes(observation));
  const arrives = own.some(isWhole);
  const silent = [large, usual].filter((side) => side.length > 0 && side.every(({ response }) => response === null));
  if (arrives && silent.length === 0) return { state: 'arrives', cause: null };
  const failed = (arrives ? silent.flat() : own.filter(({ response }) => response === null)).at(-1);
  // Truncated over UDP and nothing tried over TCP: not known.
  if (failed === undefined) return { state: 'unmeasured', cause: notAskedCause(context) };
  const doubt = doubtOf(context, failed, zone);
  if (doubt !== null) return { state: 'unmeasured', cause: doubt };
  return arrives ? { state: 'udp-lost', cause: 'path-mtu-suspected' } : { state: 'lost', cause: failed.failure?.code ?? 'timeout' };
}

function isWhole({ response, failure }: DnsObservation): boolean {
  return failure === null && response !== null && !response.truncated && response.rcode === 'NOERROR';
}

function doubtOf(context: AgencyContext, observation: DnsObservation, zone: string): Cause | null {
  const code = observation.failure?.code;
  if (code === undefined || ourFailures.has(code)) return code === 'no-route' ? 'local-no-route' : notAskedCause(context);
  const window = lastTryWindow(observation);
  const proven = context.run.provenAround({ class: 'dns', family: 6, ...window, subject: registrableDomain(zone) });
  return proven ? null : 'vantage-no-ipv6';
}

/** Servers that are dead were not asked for large answers: their own cause stands. */
function causeOf(context: AgencyContext, zone: string, asked: readonly DnsObservation[]): Cause {
  const rcodes = asked.map(({ response }) => response?.rcode ?? '');
  if (rcodes.includes('SERVFAIL')) return 'dns-servfail';
  if (rcodes.includes('REFUSED')) return 'dns-refused';
  if (asked.some(({ failure }) => failure?.code === 'timeout')) return 'dns-timeout';
  if (asked.length > 0) return 'dns-lame';
  const answers = zoneAnswersOf(context, zone);
  return (answers.known ? answers.value.cause : answers.cause) ?? notAskedCause(context);
}
