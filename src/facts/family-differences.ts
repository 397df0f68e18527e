import type { Cause } from '../model/cause.ts';
import type { Family } from '../model/observation.ts';
import { inRound, sameData } from './answer-rounds.ts';
import type { AgencyContext } from './context.ts';
import { type Fact, known } from './fact.ts';
import { type AnswerCell, type ServerAnswers, type ZoneAnswers, zoneAnswersOf } from './zone-answers.ts';

/**
 * One question to which a dual-stack name server gave other answers over IPv6 than over IPv4.
 * 'lag': the second look saw no difference any more. 'unconfirmed': there was no second look.
 */
export interface FamilyDifference {
  server: string;
  name: string;
  type: string;
  kind: 'serial' | 'data' | 'existence' | 'addresses';
  persistence: 'lag' | 'persistent' | 'unconfirmed';
  ipv6: string;
  ipv4: string;
}

export interface FamilyDifferences {
  zone: string;
  /** NS names with addresses of both families. */
  dualStack: string[];
  /** Those of them that answered over both. */
  compared: string[];
  /** Why the first of the others could not be compared; null when all were. */
  cause: Cause | null;
  differences: FamilyDifference[];
  /** Serve the zone over one family; over the other they answer, but not for this zone, in every round. */
  oneFamilyOnly: { server: string; servedOver: Family; unconfirmed: boolean }[];
}

type Row = { name: string; type: string; kind: 'serial' | 'data' | 'addresses' };

/** Each dual-stack name server's answers over IPv6 against those over IPv4. */
export function familyDifferencesOf(context: AgencyContext, zone: string): Fact<FamilyDifferences> {
  const answers = zoneAnswersOf(context, zone);
  if (!answers.known) return answers;
  const result: FamilyDifferences = { zone, dualStack: [], compared: [], cause: null, differences: [], oneFamilyOnly: [] };
  for (const server of namesOf(answers.value)) {
    const [ipv6, ipv4] = ([6, 4] as const).map((family) =>
      answers.value.servers.filter((each) => each.family === family && each.servers.includes(server)),
    );
    if (ipv6 === undefined || ipv4 === undefined || ipv6.length === 0 || ipv4.length === 0) continue;
    result.dualStack.push(server);
    compareServer(result, { server, rows: rowsOf(answers.value), ipv6, ipv4 });
  }
  return known(result, answers.observations);
}

function namesOf({ servers }: ZoneAnswers): string[] {
  return [...new Set(servers.flatMap((each) => each.servers))].sort();
}

function rowsOf({ zone, names }: ZoneAnswers): Row[] {
  return [
    { name: zone, type: 'SOA', kind: 'serial' },
    { name: zone, type: 'NS', kind: 'data' },
    { name: zone, type: 'MX', kind: 'data' },
    ...names.flatMap((name) => ['AAAA', 'A'].map((type): Row => ({ name, type, kind: 'addresses' }))),
  ];
}

interface Compared {
  server: string;
  rows: readonly Row[];
  ipv6: readonly ServerAnswers[];
  ipv4: readonly ServerAnswers[];
}

function compareServer(result: FamilyDifferences, { server, rows, ipv6, ipv4 }: Compared): void {
  const alive6 = ipv6.filter(({ alive }) => alive);
  const alive4 = ipv4.filter(({ alive }) => alive);
  const lameSide = alive6.length === 0 ? ipv6 : ipv4;
  if ((alive6.length === 0) !== (alive4.length === 0) && lameSide.every(({ lame }) => lame)) {
    const unconfirmed = !lameSide.every((each) => wasAskedAgain(each, result.zone));
    result.oneFamilyOnly.push({ server, servedOver: alive6.length === 0 ? 4 : 6, unconfirmed });
  }
  if (alive6.length === 0 || alive4.length === 0) {
    result.cause ??= lameSide[0]?.cause ?? null;
    return;
  }
  let compared = false;
  for (const row of rows) {
    for (const left of alive6) {
      const right = alive4[0];
      if (right === undefined || inRound(left, row, 'first') === undefined || inRound(right, row, 'first') === undefined) continue;
      compared = true;
      const difference = compareRow(server, row, [left, right]);
      if (difference !== null) result.differences.push(difference);
    }
  }
  if (compared) result.compared.push(server);
  else result.cause ??= 'not-attempted';
}

function wasAskedAgain(server: ServerAnswers, zone: string): boolean {
  return (server.cells[`${zone} SOA`] ?? []).length > 1;
}

type RowDifference = Pick<FamilyDifference, 'kind' | 'ipv6' | 'ipv4'>;

function compareRow(server: string, row: Row, pair: [ServerAnswers, ServerAnswers]): FamilyDifference | null {
  const first = differenceIn(row, pair, 'first');
  if (first === null || first === 'same') return null;
  const later = differenceIn(row, pair, 'later');
  const question = { server, name: row.name, type: row.type };
  if (later === 'same') return { ...question, ...first, persistence: 'lag' };
  return later === null ? { ...question, ...first, persistence: 'unconfirmed' } : { ...question, ...later, persistence: 'persistent' };
}

/** Null: one side gave no proper answer in that round. NODATA and NXDOMAIN both mean that there is nothing. */
function differenceIn(row: Row, [left, right]: [ServerAnswers, ServerAnswers], round: 'first' | 'later'): RowDifference | 'same' | null {
  const ipv6 = inRound(left, row, round);
  const ipv4 = inRound(right, row, round);
  if (ipv6 === undefined || ipv4 === undefined) return null;
  const texts = { ipv6: shown(ipv6), ipv4: shown(ipv4) };
  if ((ipv6.kind === 'answer') !== (ipv4.kind === 'answer')) return { kind: 'existence', ...texts };
  if (ipv6.kind !== 'answer' || sameData(ipv6.data, ipv4.data)) return 'same';
  return { kind: row.kind, ...texts };
}

function shown({ kind, data }: AnswerCell): string {
  return kind === 'answer' ? data.join(' ') : kind.toUpperCase();
}
