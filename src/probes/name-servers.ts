import type { Family, ObservationOf, Round } from '../model/observation.ts';
import { bestAnswer, isInside, readSoa, readZoneAnswer, type SoaReading, type ZoneAnswer } from '../parsers/zone-answer.ts';
import { probeAddresses } from './addresses.ts';
import type { ProbeContext } from './context.ts';

/** A literal address of a server; `NameServer` of the iteration fits. */
export interface ServerTarget {
  address: string;
  family: Family;
}

export interface ZoneToProbe {
  zone: string;
  /** The parent's NS set with its glue. */
  servers: readonly { name: string; addresses: readonly ServerTarget[] }[];
}

/** A server that was asked for its SOA, and how it wants to be asked further. */
interface LiveServer extends ServerTarget {
  transport: 'udp' | 'tcp';
  udpPayloadBytes: number | null;
  udp: SoaReading;
  tcp: SoaReading;
  /** Answers to the SOA, for the comparison between servers. */
  soa: ZoneAnswer;
  childNames: string[];
}

interface Question {
  name: string;
  type: string;
}

type DnsObservation = ObservationOf<'dns-query'>;

const maxServerNames = 14;
const maxServerAddresses = 40;
const maxNames = 12;
/** Unassigned type: the control for servers that drop what they do not know. */
const controlType = 'TYPE65280';

/**
 * Asks every address of every name server of a zone, both families, what the checks of the zone compare: SOA over UDP and TCP, NS,
 * MX, A and AAAA of the names inside the zone. Servers side by side, one question at a time each. What differed is asked again
 * (round 2). Bounded: 14 NS names, 40 addresses, 12 names; what lies beyond stays unasked, and facts see that.
 */
export async function probeNameServers(context: ProbeContext, zone: ZoneToProbe, namesInZone: readonly string[]): Promise<void> {
  const targets = new Map<string, ServerTarget>();
  const parentSet = zone.servers.slice(0, maxServerNames);
  await Promise.all(
    parentSet.map(async ({ name, addresses }) => addTargets(context, targets, [...addresses, ...(await addressesOf(context, name))])),
  );
  const servers = await askLiveness(context, zone.zone, [...targets.values()]);

  const known = new Set(parentSet.map(({ name }) => name));
  const childOnly = [...new Set(servers.flatMap(({ childNames }) => childNames))].filter((name) => !known.has(name)).sort();
  const before = new Set(targets.keys());
  await Promise.all(
    childOnly.slice(0, maxServerNames - known.size).map(async (name) => addTargets(context, targets, await addressesOf(context, name))),
  );
  const added = [...targets.values()].filter(({ address }) => !before.has(address));
  servers.push(...(await askLiveness(context, zone.zone, added)));

  await askNames(context, { zone: zone.zone, servers, names: namesInZone });
}

async function addressesOf(context: ProbeContext, name: string): Promise<readonly ServerTarget[]> {
  const found = await probeAddresses(context, name);
  return ([6, 4] as const).flatMap((family) => found[family].map((address) => ({ address, family })));
}

function addTargets(context: ProbeContext, targets: Map<string, ServerTarget>, found: readonly ServerTarget[]): void {
  for (const { address, family } of found) {
    if (targets.size < maxServerAddresses && context.isUsable(address)) targets.set(address, { address, family });
  }
}

async function askLiveness(context: ProbeContext, zone: string, targets: readonly ServerTarget[]): Promise<LiveServer[]> {
  return Promise.all(targets.map((target) => askSoa(context, zone, target)));
}

/** SOA over UDP and TCP. A server that answers TCP but drops EDNS over UDP is asked once without EDNS (faults D5). */
async function askSoa(context: ProbeContext, zone: string, target: ServerTarget): Promise<LiveServer> {
  const soa = { name: zone, type: 'SOA', round: '1' as const };
  const edns = { ...target, udpPayloadBytes: payload(context) };
  const [first, overTcp] = await Promise.all([
    perform(context, edns, { ...soa, transport: 'udp' }),
    perform(context, edns, { ...soa, transport: 'tcp' }),
  ]);
  const tcp = readSoa(overTcp, zone);
  const observations = [first, overTcp];
  let udp = readSoa(first, zone);
  let udpPayloadBytes: number | null = edns.udpPayloadBytes;
  if (rejectsEdns(first) || (udp.state === 'silent' && tcp.state === 'good')) {
    const plain = await perform(context, { ...target, udpPayloadBytes: null }, { ...soa, transport: 'udp' });
    const reading = readSoa(plain, zone);
    observations.push(plain);
    if (reading.state === 'good' || reading.state === 'truncated') {
      udp = reading;
      udpPayloadBytes = null;
    }
  }
  const transport = isAlive(udp) || !isAlive(tcp) ? 'udp' : 'tcp';
  const answers = observations.map((observation) => readZoneAnswer(observation, zone));
  const server: LiveServer = { ...target, transport, udpPayloadBytes, udp, tcp, soa: bestAnswer(answers) ?? silence, childNames: [] };
  if (!isAlive(udp) && !isAlive(tcp)) return server;
  const ns = await ask(context, { zone, server, question: { name: zone, type: 'NS' }, round: '1' });
  return { ...server, childNames: ns.kind === 'answer' ? ns.data.filter((name) => !name.includes(' ')) : [] };
}

const silence: ZoneAnswer = { kind: 'silent', detail: '', data: [] };

function isAlive({ state }: SoaReading): boolean {
  return state === 'good' || state === 'truncated';
}

/** Nothing came over either transport: further questions would only wait. */
function isSilent({ udp, tcp }: LiveServer): boolean {
  const nothing = ['silent', 'refused', 'ours'];
  return nothing.includes(udp.state) && nothing.includes(tcp.state);
}

/** Names, then the second look at what differed between servers or families, or was no proper answer. */
async function askNames(
  context: ProbeContext,
  { zone, servers, names }: { zone: string; servers: LiveServer[]; names: readonly string[] },
): Promise<void> {
  const inside = [...new Set([zone, ...names])].filter((name) => isInside(name, zone)).slice(0, maxNames);
  const compared: Question[] = [
    { name: zone, type: 'NS' },
    { name: zone, type: 'MX' },
    ...inside.flatMap((name) => ['AAAA', 'A'].map((type) => ({ name, type }))),
  ];
  const alive = servers.filter((server) => isAlive(server.udp) || isAlive(server.tcp));
  const said = new Map<string, ZoneAnswer[]>();
  await Promise.all(
    alive.map(async (server) => {
      for (const question of compared) remember(said, question, await ask(context, { zone, server, question, round: '1' }));
      await ask(context, { zone, server, question: { name: zone, type: controlType }, round: '1' });
    }),
  );
  const again = compared.filter((question) => needsSecondLook(said.get(keyOf(question)) ?? []));
  const soaAgain = needsSecondLook(servers.filter((server) => !isSilent(server)).map(({ soa }) => soa));
  await Promise.all(
    servers.map(async (server) => {
      if (isSilent(server)) return;
      if (soaAgain) await askSoaAgain(context, zone, server);
      if (!alive.includes(server)) return;
      for (const question of again) await ask(context, { zone, server, question, round: '2' });
    }),
  );
}

async function askSoaAgain(context: ProbeContext, zone: string, server: LiveServer): Promise<void> {
  const soa = { name: zone, type: 'SOA', round: '2' as const };
  await perform(context, server, { ...soa, transport: 'udp' });
  await perform(context, server, { ...soa, transport: 'tcp' });
}

function keyOf({ name, type }: Question): string {
  return `${name} ${type}`;
}

function remember(said: Map<string, ZoneAnswer[]>, question: Question, answer: ZoneAnswer): void {
  const list = said.get(keyOf(question)) ?? [];
  said.set(keyOf(question), list);
  list.push(answer);
}

function needsSecondLook(answers: readonly ZoneAnswer[]): boolean {
  const proper = ['answer', 'nodata', 'nxdomain', 'referral'];
  if (answers.some(({ kind }) => !proper.includes(kind))) return true;
  return new Set(answers.map(({ kind, data }) => `${kind} ${data.join('|')}`)).size > 1;
}

interface Asking {
  zone: string;
  server: LiveServer;
  question: Question;
  round: Round;
}

/** One question in the way this server answers: TCP after TC or foreign answers (faults D3, D4), without EDNS after FORMERR (D5). */
async function ask(context: ProbeContext, { zone, server, question, round }: Asking): Promise<ZoneAnswer> {
  const first = await perform(context, server, { ...question, transport: server.transport, round });
  const observations = [first];
  if (server.transport === 'udp' && needsTcp(first))
    observations.push(await perform(context, server, { ...question, transport: 'tcp', round }));
  else if (server.udpPayloadBytes !== null && rejectsEdns(first)) {
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

function payload(context: ProbeContext): number {
  return context.settings.dns.udpPayloadBytes;
}

interface Exchange extends Question {
  transport: 'udp' | 'tcp';
  round: Round;
}

function perform(
  context: ProbeContext,
  server: ServerTarget & { udpPayloadBytes: number | null },
  { name, type, transport, round }: Exchange,
): Promise<DnsObservation> {
  const { address, family, udpPayloadBytes } = server;
  return context.network.perform({
    op: 'dns-query',
    request: {
      family,
      address,
      port: 53,
      round,
      transport,
      name,
      type,
      recursionDesired: false,
      checkingDisabled: false,
      dnssecOk: false,
      udpPayloadBytes,
    },
  });
}
