import { addressScope } from '../model/address-registry.ts';
import type { Cause } from '../model/cause.ts';
import { causeOfCell, cellsOf, inRound, sameData, shownServer } from './answer-rounds.ts';
import type { AgencyContext } from './context.ts';
import { type Fact, known } from './fact.ts';
import { type AnswerCell, type ServerAnswers, zoneAnswersOf } from './zone-answers.ts';

/** AAAA of one name over all authoritative servers. */
export interface AaaaSetsOfName {
  name: string;
  /**
   * 'lag': equal at the second look. 'varies': one and the same server answered differently in the two rounds (geo, load sharing).
   * 'partly': some servers have AAAA, some say there are none, in both rounds. 'unconfirmed': no second look at a difference.
   */
  state: 'same' | 'lag' | 'varies' | 'differ' | 'partly' | 'none' | 'unconfirmed' | 'unknown';
  /** All addresses seen are usable. */
  allUsable: boolean;
  /** What the servers said in the deciding round: 'name [address]: data'. */
  said: string[];
}

export interface AaaaSets {
  zone: string;
  names: AaaaSetsOfName[];
  /** Why the names in state 'unknown' are unknown; null when there are none. */
  cause: Cause | null;
}

export function aaaaSetsOf(context: AgencyContext, zone: string): Fact<AaaaSets> {
  const answers = zoneAnswersOf(context, zone);
  if (!answers.known) return answers;
  const servers = answers.value.servers.filter(({ alive }) => alive);
  const names = answers.value.names.map((name) => judgeName(context, servers, name));
  const open = names.filter(({ state }) => state === 'unknown').map(({ name }) => name);
  const cause = open.length === 0 ? null : (answers.value.cause ?? causeOfOpen(servers, open));
  return known({ zone, names, cause }, answers.observations);
}

function causeOfOpen(servers: readonly ServerAnswers[], names: readonly string[]): Cause {
  const cells = names.flatMap((name) => servers.flatMap((server) => cellsOf(server, { name, type: 'AAAA' })));
  return causeOfCell(cells.find(({ kind }) => kind !== 'ours'));
}

interface Said {
  server: ServerAnswers;
  cell: AnswerCell;
}

function judgeName(context: AgencyContext, servers: readonly ServerAnswers[], name: string): AaaaSetsOfName {
  const first = saidIn(servers, name, 'first');
  const later = saidIn(servers, name, 'later');
  const say = (state: AaaaSetsOfName['state'], said: readonly Said[]): AaaaSetsOfName => ({
    name,
    state,
    allUsable: [...first, ...later].every(({ cell }) =>
      cell.data.every((text) => text.includes(' ') || addressScope(text, context.manifest.addressPolicy).usable),
    ),
    said: said.map(
      ({ server, cell }) => `${shownServer(server)}: ${cell.kind === 'answer' ? cell.data.join(' ') : cell.kind.toUpperCase()}`,
    ),
  });
  if (first.length === 0) return say('unknown', first);
  if (first.every(({ cell }) => cell.kind !== 'answer')) return say('none', first);
  if (areSame(first)) return say('same', first);
  if (later.length < 2) return say('unconfirmed', first);
  if (areSame(later)) return say('lag', first);
  if (later.some(({ cell }) => cell.kind === 'answer') && later.some(({ cell }) => cell.kind !== 'answer')) return say('partly', later);
  const varies = later.some(({ server, cell }) => {
    const before = first.find((said) => said.server === server)?.cell;
    return before !== undefined && !sameData(before.data, cell.data);
  });
  return say(varies ? 'varies' : 'differ', later);
}

function saidIn(servers: readonly ServerAnswers[], name: string, round: 'first' | 'later'): Said[] {
  return servers.flatMap((server) => {
    const cell = inRound(server, { name, type: 'AAAA' }, round);
    return cell === undefined ? [] : [{ server, cell }];
  });
}

function areSame(said: readonly Said[]): boolean {
  const [head] = said;
  return (
    head === undefined ||
    said.every(({ cell }) => (cell.kind === 'answer') === (head.cell.kind === 'answer') && sameData(cell.data, head.cell.data))
  );
}
