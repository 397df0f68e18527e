import type { Cause } from '../model/cause.ts';
import { isDropped } from './aaaa-dropped.ts';
import { causeOfCell, cellsOf, isProper, shownServer } from './answer-rounds.ts';
import type { AgencyContext } from './context.ts';
import { type Fact, known } from './fact.ts';
import { type AnswerCell, controlType, questionKey, type ServerAnswers, zoneAnswersOf } from './zone-answers.ts';

/** One server that answers A of a name and treats AAAA of the same name wrongly (RFC 4074). */
export interface AaaaFault {
  server: string;
  name: string;
  fault: 'dropped' | 'nxdomain' | 'error' | 'wrong-data';
  /** RCODE, or what came instead. */
  detail: string;
}

export interface AaaaHandling {
  zone: string;
  /** 'name server [address]' of every server of which at least one name was judged. */
  judged: string[];
  faults: AaaaFault[];
  /** Neither A nor AAAA was answered ('answersA' false), or AAAA once met an error or a silence that may be loss or a limit of rate. */
  undecided: { server: string; name: string; cause: Cause; answersA: boolean }[];
  /** Why no server could be judged at all; null when at least one is alive. */
  cause: Cause | null;
  /** Answers to the unknown type, where it was asked: a control that never decides by itself. */
  control: { server: string; answered: boolean }[];
}

/** AAAA beside A, per server address and name; a name that a server treats well in any round is treated well (faults D7, D15). */
export function aaaaHandlingOf(context: AgencyContext, zone: string): Fact<AaaaHandling> {
  const answers = zoneAnswersOf(context, zone);
  if (!answers.known) return answers;
  const result: AaaaHandling = { zone, judged: [], faults: [], undecided: [], cause: answers.value.cause, control: [] };
  for (const server of answers.value.servers) {
    if (!server.alive) continue;
    for (const name of answers.value.names) judgeName(context, { result, server, name });
    const control = server.cells[questionKey(zone, controlType)];
    if (control !== undefined)
      result.control.push({ server: shownServer(server), answered: control.some(({ kind }) => kind !== 'silent' && kind !== 'ours') });
  }
  result.judged = [...new Set(result.judged)];
  return known(result, answers.observations);
}

interface NameOfServer {
  result: AaaaHandling;
  server: ServerAnswers;
  name: string;
}

function judgeName(context: AgencyContext, { result, server, name }: NameOfServer): void {
  const aaaa = cellsOf(server, { name, type: 'AAAA' });
  const a = cellsOf(server, { name, type: 'A' });
  if (aaaa.length === 0 || a.length === 0 || [...aaaa, ...a].some(({ kind }) => kind === 'referral')) return;
  const shown = shownServer(server);
  const control = a.find(isProper);
  const undecided = (cause: Cause, answersA = true) => result.undecided.push({ server: shown, name, cause, answersA });
  if (control === undefined) {
    if (!aaaa.some(isProper)) undecided(causeOfCell(a.at(-1)), false);
    return;
  }
  result.judged.push(shown);
  const fault = faultOf(aaaa, control);
  if (fault === null) return;
  if (fault === 'open') undecided(causeOfCell(aaaa.at(-1)));
  else if (fault.fault !== 'dropped' || isDropped(context, { aaaa, a })) result.faults.push({ server: shown, name, ...fault });
  else undecided('rate-limited');
}

type Fault = Pick<AaaaFault, 'fault' | 'detail'>;

function faultOf(aaaa: readonly AnswerCell[], control: AnswerCell): Fault | 'open' | null {
  if (aaaa.some(({ kind }) => kind === 'answer' || kind === 'nodata')) return null;
  if (aaaa.some(({ kind }) => kind === 'nxdomain')) return control.kind === 'answer' ? { fault: 'nxdomain', detail: 'NXDOMAIN' } : null;
  const last = aaaa.findLast(({ kind }) => kind !== 'ours');
  if (last === undefined) return 'open';
  if (last.kind === 'wrong-data') return { fault: 'wrong-data', detail: last.detail };
  if (last.kind === 'silent') return { fault: 'dropped', detail: 'timeout' };
  if (last.kind === 'error' && last.detail === 'SERVFAIL') {
    // SERVFAIL may pass: it is a fault only when the second look met it again.
    return aaaa.filter(({ detail }) => detail === 'SERVFAIL').length < 2 ? 'open' : { fault: 'error', detail: last.detail };
  }
  return { fault: 'error', detail: last.kind === 'not-authoritative' ? 'no AA' : last.detail };
}
