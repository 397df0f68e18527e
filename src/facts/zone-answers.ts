import { listedHosts } from '../model/agency-services.ts';
import type { Cause } from '../model/cause.ts';
import type { Family, ObservationOf, Round } from '../model/observation.ts';
import { type AnswerKind, bestAnswer, isInside, readZoneAnswer } from '../parsers/zone-answer.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known } from './fact.ts';
import { type NameServers, nameServersOf } from './name-servers.ts';
import type { TransportOutcome } from './soa-liveness.ts';

/** What one server said to one question in one round (UDP and TCP, with and without EDNS, taken together). */
export interface AnswerCell {
  round: Round;
  kind: AnswerKind;
  detail: string;
  /** RDATA as text, sorted. */
  data: string[];
  /** Tries made, over all transports. */
  tries: number;
  observations: string[];
}

export interface ServerAnswers {
  address: string;
  family: Family;
  /** NS names that have this address; one machine may carry several. */
  servers: string[];
  /** Alive over UDP or TCP by its SOA; false for silent, refused, lame or unmeasured ones. */
  alive: boolean;
  /** Answers, but without authority or with an error for the zone itself. */
  lame: boolean;
  /** Why it is not alive; null when it is. */
  cause: Cause | null;
  /** By `questionKey`, rounds in the order asked. */
  cells: Record<string, AnswerCell[]>;
}

/** Every question put to every address of the zone's servers. */
export interface ZoneAnswers {
  zone: string;
  /** Names inside the zone that were asked about, apex first. */
  names: string[];
  servers: ServerAnswers[];
  /** Why no server of the zone can be compared; null when at least one is alive. */
  cause: Cause | null;
}

/** Unassigned type (RFC 6895 §3.1 leaves 65280-65534 for private use): the control for servers that drop what they do not know. */
export const controlType = 'TYPE65280';
const maxNames = 12;

export function questionKey(name: string, type: string): string {
  return `${name} ${type}`;
}

/** The matrix of answers of all servers of a zone. */
export function zoneAnswersOf(context: AgencyContext, zone: string): Fact<ZoneAnswers> {
  return cached(context, `zoneAnswers ${zone}`, () => {
    const nameServers = nameServersOf(context, zone);
    if (!nameServers.known) return nameServers;
    const names = namesInZone(context, zone);
    const byAddress = new Map<string, ServerAnswers>();
    for (const server of nameServers.value.servers) {
      for (const { address, family, published, udp, tcp } of server.addresses) {
        if (!published) continue;
        const states = [udp.state, tcp.state];
        const alive = states.some((state) => state === 'good' || state === 'unstable');
        const lame = !alive && states.some((state) => state === 'lame' || state === 'error');
        const entry = byAddress.get(address) ?? {
          address,
          family,
          servers: [],
          alive,
          lame,
          cause: alive ? null : causeOfDead([udp, tcp]),
          cells: cellsOf(context, { zone, names, address }),
        };
        byAddress.set(address, entry);
        entry.servers.push(server.name);
      }
    }
    const servers = [...byAddress.values()];
    const observations = servers.flatMap(({ cells }) => Object.values(cells).flatMap((list) => list.flatMap((cell) => cell.observations)));
    const cause = servers.some(({ alive }) => alive) ? null : causeOfZone(nameServers.value);
    return known({ zone, names, servers, cause }, [...new Set([...nameServers.observations, ...observations])]);
  });
}

/** What the server said against itself goes before our own doubt, and both before silence. */
function causeOfDead(outcomes: readonly TransportOutcome[]): Cause {
  const of = (...states: TransportOutcome['state'][]) => outcomes.find(({ state }) => states.includes(state));
  const outcome = of('lame', 'error') ?? of('ours') ?? of('refused', 'silent');
  return outcome?.cause === 'timeout' ? 'dns-timeout' : (outcome?.cause ?? 'not-attempted');
}

/** Servers known from glue alone speak too: where the zone is dead nothing else is known of it. */
function causeOfZone({ servers }: NameServers): Cause {
  const addresses = servers.flatMap((server) => server.addresses);
  const answered = addresses.find(({ udp, tcp }) => [udp, tcp].some(({ state }) => state === 'lame' || state === 'error'));
  const lookup = servers.flatMap(({ ipv6, ipv4 }) => [ipv6, ipv4]).find((set) => !set.known);
  const first = answered ?? addresses[0];
  if (first !== undefined) return causeOfDead([first.udp, first.tcp]);
  return lookup !== undefined && !lookup.known ? lookup.cause : 'dns-lame';
}

/** Apex, www, the agency's hosts and its mail exchangers, as far as they lie inside the zone. */
function namesInZone(context: AgencyContext, zone: string): string[] {
  const { agency, evidence } = context;
  const mailDomains = [zone, ...(agency.mailDomain === null ? [] : [agency.mailDomain])];
  const exchanges = mailDomains.flatMap((domain) =>
    evidence
      .dnsQuestions(domain, 'MX')
      .flatMap(
        ({ response }) =>
          response?.answers.flatMap((record) => (record.type === 'MX' && record.name === domain ? [record.exchange] : [])) ?? [],
      ),
  );
  const hosts = listedHosts(agency, context.manifest.servicesOverride).map(({ host }) => host);
  const names = [zone, `www.${zone}`, ...hosts, ...mailDomains, ...[...new Set(exchanges)].sort()];
  return [...new Set(names)].filter((name) => name !== '' && isInside(name, zone)).slice(0, maxNames);
}

function cellsOf(
  context: AgencyContext,
  { zone, names, address }: { zone: string; names: readonly string[]; address: string },
): Record<string, AnswerCell[]> {
  const questions = [
    ...['SOA', 'NS', 'MX', controlType].map((type) => ({ name: zone, type })),
    ...names.flatMap((name) => ['AAAA', 'A'].map((type) => ({ name, type }))),
  ];
  const asked = context.evidence
    .dnsOfServer(address)
    .filter(({ request }) => !request.recursionDesired && !request.checkingDisabled && !request.dnssecOk);
  const cells: Record<string, AnswerCell[]> = {};
  for (const { name, type } of questions) {
    const mine = asked.filter(({ request }) => request.name === name && request.type === type);
    const found = roundsOf(mine, zone);
    if (found.length > 0) cells[questionKey(name, type)] = found;
  }
  return cells;
}

function roundsOf(observations: readonly ObservationOf<'dns-query'>[], zone: string): AnswerCell[] {
  const byRound = new Map<Round, ObservationOf<'dns-query'>[]>();
  for (const observation of [...observations].sort((left, right) => (left.startedAt < right.startedAt ? -1 : 1))) {
    const list = byRound.get(observation.request.round) ?? [];
    byRound.set(observation.request.round, list);
    list.push(observation);
  }
  return [...byRound].flatMap(([round, list]) => {
    const answer = bestAnswer(list.map((observation) => readZoneAnswer(observation, zone)));
    if (answer === undefined) return [];
    return [{ round, ...answer, tries: list.reduce((sum, { tries }) => sum + tries.length, 0), observations: list.map(({ id }) => id) }];
  });
}
