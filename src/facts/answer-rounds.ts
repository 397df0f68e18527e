import type { Cause } from '../model/cause.ts';
import type { AnswerCell, ServerAnswers } from './zone-answers.ts';
import { questionKey } from './zone-answers.ts';

const proper = new Set(['answer', 'nodata', 'nxdomain']);

/** A proper answer of the zone: records, or their absence by evidence. */
export function isProper(cell: AnswerCell): boolean {
  return proper.has(cell.kind);
}

/** The last proper answer of a round; later rounds are the second look. */
export function inRound(server: ServerAnswers, question: { name: string; type: string }, round: 'first' | 'later'): AnswerCell | undefined {
  const cells = server.cells[questionKey(question.name, question.type)] ?? [];
  return cells.findLast((cell) => (round === 'first') === (cell.round === '1') && isProper(cell));
}

export function cellsOf(server: ServerAnswers, question: { name: string; type: string }): readonly AnswerCell[] {
  return server.cells[questionKey(question.name, question.type)] ?? [];
}

export function sameData(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}

/** Why an answer is no proper one. */
export function causeOfCell(cell: AnswerCell | undefined): Cause {
  if (cell === undefined || cell.kind === 'ours') return 'not-attempted';
  if (cell.kind === 'silent') return 'dns-timeout';
  if (cell.detail === 'REFUSED') return 'dns-refused';
  return cell.detail === 'SERVFAIL' ? 'dns-servfail' : 'dns-lame';
}

/** 'name [address]' of one server address. */
export function shownServer({ servers, address }: ServerAnswers): string {
  return `${servers.join(', ')} [${address}]`;
}
