import { isInside, type ZoneAnswer } from '../parsers/zone-answer.ts';
import { probeAddresses } from './addresses.ts';
import type { ProbeContext } from './context.ts';
import { probeLargeAnswers } from './large-answers.ts';
import { ask, askSoa, askSoaAgain, isAlive, isSilent, type LiveServer, type Question, type ServerTarget } from './zone-server.ts';

export interface ZoneToProbe {
  zone: string;
  /** The parent's NS set with its glue. */
  servers: readonly { name: string; addresses: readonly ServerTarget[] }[];
}

/** A server and the NS names it told. */
type ServerOfZone = LiveServer & { childNames: string[] };

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

  await Promise.all([
    askNames(context, { zone: zone.zone, servers, names: namesInZone }),
    probeLargeAnswers(context, zone.zone, servers.filter(isAlive)),
  ]);
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

async function askLiveness(context: ProbeContext, zone: string, targets: readonly ServerTarget[]): Promise<ServerOfZone[]> {
  return Promise.all(targets.map((target) => askServer(context, zone, target)));
}

/** A server's SOA, then, if it is alive, the NS set of the zone: it may name servers that the parent does not. */
async function askServer(context: ProbeContext, zone: string, target: ServerTarget): Promise<ServerOfZone> {
  const server = await askSoa(context, zone, target);
  if (!isAlive(server)) return { ...server, childNames: [] };
  const ns = await ask(context, { zone, server, question: { name: zone, type: 'NS' }, round: '1' });
  return { ...server, childNames: ns.kind === 'answer' ? ns.data.filter((name) => !name.includes(' ')) : [] };
}

/** Names, then the second look at what differed between servers or families, or was no proper answer. */
async function askNames(
  context: ProbeContext,
  { zone, servers, names }: { zone: string; servers: ServerOfZone[]; names: readonly string[] },
): Promise<void> {
  const inside = [...new Set([zone, ...names])].filter((name) => isInside(name, zone)).slice(0, maxNames);
  const compared: Question[] = [
    { name: zone, type: 'NS' },
    { name: zone, type: 'MX' },
    ...inside.flatMap((name) => ['AAAA', 'A'].map((type) => ({ name, type }))),
  ];
  const alive = servers.filter(isAlive);
  const said = new Map<string, ZoneAnswer[]>();
  await Promise.all(
    alive.map(async (server) => {
      for (const question of compared) remember(said, question, await ask(context, { zone, server, question, round: '1' }));
      await ask(context, { zone, server, question: { name: zone, type: controlType }, round: '1' });
    }),
  );
  const again = compared.filter((question) => needsSecondLook(said.get(keyOf(question)) ?? []) || isControl(said, question));
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

function keyOf({ name, type }: Question): string {
  return `${name} ${type}`;
}

function remember(said: Map<string, ZoneAnswer[]>, question: Question, answer: ZoneAnswer): void {
  const list = said.get(keyOf(question)) ?? [];
  said.set(keyOf(question), list);
  list.push(answer);
}

/** A after an AAAA that met silence, asked before it and after it: a server that drops AAAA is told from one that is down (faults D26). */
function isControl(said: ReadonlyMap<string, ZoneAnswer[]>, { name, type }: Question): boolean {
  return type === 'A' && (said.get(keyOf({ name, type: 'AAAA' })) ?? []).some(({ kind }) => kind === 'silent');
}

function needsSecondLook(answers: readonly ZoneAnswer[]): boolean {
  const proper = ['answer', 'nodata', 'nxdomain', 'referral'];
  if (answers.some(({ kind }) => !proper.includes(kind))) return true;
  return new Set(answers.map(({ kind, data }) => `${kind} ${data.join('|')}`)).size > 1;
}
