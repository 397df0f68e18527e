import type { Family, ObservationOf, Round } from '../model/observation.ts';
import { bestAnswer, readSoa, readZoneAnswer, type SoaReading, type ZoneAnswer } from '../parsers/zone-answer.ts';
import type { ProbeContext } from './context.ts';

/** A literal address of a server; `NameServer` of the iteration fits. */
export interface ServerTarget {
  address: string;
  family: Family;
}

export interface Question {
  name: string;
  type: string;
}

/** How a server answers SOA over one transport, and whether it wants EDNS left out. */
interface Side {
  transport: 'udp' | 'tcp';
  udpPayloadBytes: number | null;
  reading: SoaReading;
  answers: ZoneAnswer[];
}

/** A server that was asked for its SOA, and how it wants to be asked further. */
export interface LiveServer extends ServerTarget {
  transport: 'udp' | 'tcp';
  udpPayloadBytes: number | null;
  udp: Side;
  tcp: Side;
  /** Answer to the SOA, for the comparison between servers. */
  soa: ZoneAnswer;
}

type DnsObservation = ObservationOf<'dns-query'>;

const silence: ZoneAnswer = { kind: 'silent', detail: '', data: [] };

/**
 * SOA over UDP and TCP, each once more without EDNS where the server rejects EDNS or drops it on that transport alone (faults
 * D5), and up to twice more, spaced, where it says SERVFAIL (faults D7).
 */
export async function askSoa(context: ProbeContext, zone: string, target: ServerTarget): Promise<LiveServer> {
  const asking = { context, zone, target };
  const [udpFirst, tcpFirst] = await Promise.all([askSide(asking, 'udp'), askSide(asking, 'tcp')]);
  const udpPlain = udpFirst.reading.state === 'silent' && tcpFirst.reading.state === 'good' ? await askPlain(asking, udpFirst) : udpFirst;
  const dropsEdns = tcpFirst.reading.state === 'silent' && udpPlain.udpPayloadBytes === null;
  const tcpPlain = dropsEdns ? await askPlain(asking, tcpFirst) : tcpFirst;
  const [udp, tcp] = await Promise.all([outlastServfail(asking, udpPlain), outlastServfail(asking, tcpPlain)]);
  const chosen = isGood(udp) || !isGood(tcp) ? udp : tcp;
  const soa = bestAnswer([...udp.answers, ...tcp.answers]) ?? silence;
  return { ...target, transport: chosen.transport, udpPayloadBytes: chosen.udpPayloadBytes, udp, tcp, soa };
}

export function isAlive({ udp, tcp }: LiveServer): boolean {
  return isGood(udp) || isGood(tcp);
}

/** Nothing came over either transport: further questions would only wait. */
export function isSilent({ udp, tcp }: LiveServer): boolean {
  const nothing = ['silent', 'refused', 'ours'];
  return nothing.includes(udp.reading.state) && nothing.includes(tcp.reading.state);
}

function isGood({ reading }: Side): boolean {
  return reading.state === 'good' || reading.state === 'truncated';
}

interface AskingSoa {
  context: ProbeContext;
  zone: string;
  target: ServerTarget;
}

async function askSide(asking: AskingSoa, transport: Side['transport']): Promise<Side> {
  const { context, zone, target } = asking;
  const udpPayloadBytes = context.settings.dns.udpPayloadBytes;
  const first = await perform(context, { ...target, udpPayloadBytes }, { name: zone, type: 'SOA', transport, round: '1' });
  const side: Side = { transport, udpPayloadBytes, reading: readSoa(first, zone), answers: [readZoneAnswer(first, zone)] };
  return rejectsEdns(first) ? askPlain(asking, side) : side;
}

/** The question without EDNS; it stands where it brings more than the one with EDNS did. */
async function askPlain({ context, zone, target }: AskingSoa, side: Side): Promise<Side> {
  const { transport } = side;
  const plain = await perform(context, { ...target, udpPayloadBytes: null }, { name: zone, type: 'SOA', transport, round: '1' });
  const reading = readSoa(plain, zone);
  const answers = [...side.answers, readZoneAnswer(plain, zone)];
  const isBetter = ['good', 'truncated', 'lame'].includes(reading.state) || reading.detail === 'SERVFAIL';
  return isBetter ? { ...side, udpPayloadBytes: null, reading, answers } : { ...side, answers };
}

/** A server that reloads says SERVFAIL for a moment: rounds 2 and 3 are its second and third chance. */
async function outlastServfail({ context, zone, target }: AskingSoa, side: Side): Promise<Side> {
  let latest = side;
  for (const round of ['2', '3'] as const) {
    if (latest.reading.state !== 'error' || latest.reading.detail !== 'SERVFAIL') return latest;
    await context.pause?.(context.settings.dns.timeoutSpacingMs);
    const server = { ...target, udpPayloadBytes: latest.udpPayloadBytes };
    const again = await perform(context, server, { name: zone, type: 'SOA', transport: side.transport, round });
    latest = { ...latest, reading: readSoa(again, zone), answers: [...latest.answers, readZoneAnswer(again, zone)] };
  }
  return latest;
}

/** The second look at a SOA that differed between servers. */
export async function askSoaAgain(context: ProbeContext, zone: string, server: LiveServer): Promise<void> {
  for (const { transport, udpPayloadBytes } of [server.udp, server.tcp]) {
    await perform(context, { ...server, udpPayloadBytes }, { name: zone, type: 'SOA', transport, round: '2' });
  }
}

interface Asking {
  zone: string;
  server: LiveServer;
  question: Question;
  round: Round;
}

/** One question in the way this server answers: TCP after TC or foreign answers (faults D3, D4), without EDNS after FORMERR (D5). */
export async function ask(context: ProbeContext, { zone, server, question, round }: Asking): Promise<ZoneAnswer> {
  const first = await perform(context, server, { ...question, transport: server.transport, round });
  const observations = [first];
  if (server.transport === 'udp' && needsTcp(first)) {
    const { udpPayloadBytes } = server.tcp;
    observations.push(await perform(context, { ...server, udpPayloadBytes }, { ...question, transport: 'tcp', round }));
  } else if (rejectsEdns(first)) {
    observations.push(await perform(context, { ...server, udpPayloadBytes: null }, { ...question, transport: server.transport, round }));
  }
  return bestAnswer(observations.map((observation) => readZoneAnswer(observation, zone))) ?? silence;
}

function needsTcp({ response, failure }: DnsObservation): boolean {
  return response?.truncated === true || failure?.code === 'answer-mismatch' || failure?.code === 'truncated';
}

/** FORMERR from servers older than EDNS, BADVERS from broken ones (RFC 6891 §7). */
function rejectsEdns({ response, request }: DnsObservation): boolean {
  return (
    request.udpPayloadBytes !== null &&
    (response?.rcode === 'FORMERR' || response?.rcode === 'BADVERS' || (response?.rcode === 'NOTIMP' && response.edns === null))
  );
}

interface Exchange extends Question {
  transport: 'udp' | 'tcp';
  round: Round;
}

function perform(
  context: ProbeContext,
  { address, family, udpPayloadBytes }: ServerTarget & { udpPayloadBytes: number | null },
  { name, type, transport, round }: Exchange,
): Promise<DnsObservation> {
  const flags = { recursionDesired: false, checkingDisabled: false, dnssecOk: false };
  return context.network.perform({
    op: 'dns-query',
    request: { family, address, port: 53, round, transport, name, type, ...flags, udpPayloadBytes },
  });
}
