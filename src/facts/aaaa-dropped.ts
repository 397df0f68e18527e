import { ourFailures } from '../model/failure.ts';
import type { Observation, Try } from '../model/observation.ts';
import { isProper } from './answer-rounds.ts';
import type { AgencyContext } from './context.ts';
import type { AnswerCell } from './zone-answers.ts';

/** The answers of one server to A and AAAA of one name. */
interface NamePair {
  aaaa: readonly AnswerCell[];
  a: readonly AnswerCell[];
}

/**
 * Is AAAA of a name dropped while A is answered (RFC 4074 §4.1, faults D26)? Every try of AAAA met silence, in the measurement and
 * at the end of the run, and between two answered A lie as many of those tries as silence needs. Loss of packets would have met A
 * as often, and a limit of rate would have let some AAAA through (faults D13).
 */
export function isDropped(context: AgencyContext, { aaaa, a }: NamePair): boolean {
  const silent = aaaa.filter(({ kind }) => kind !== 'ours');
  if (silent.some(({ kind }) => kind !== 'silent') || !a.every(isProper)) return false;
  if (!silent.some(({ round }) => round === 'retest' || round === 'remeasure')) return false;
  const controls = a.flatMap((cell) => triesOf(context, cell));
  const answered = controls.filter(({ failure }) => failure === null).map(startMs);
  if (controls.length > 2 * answered.length) return false;
  const [fromMs, toMs] = [Math.min(...answered), Math.max(...answered)];
  const between = silent.flatMap((cell) => triesOf(context, cell)).filter((each) => startMs(each) > fromMs && startMs(each) <= toMs);
  return between.length >= context.manifest.settings.dns.tries;
}

function triesOf(context: AgencyContext, { observations }: AnswerCell): Try[] {
  const found: (Observation | undefined)[] = observations.map((id) => context.evidence.byId(id));
  return found
    .flatMap((observation) => observation?.tries ?? [])
    .filter(({ failure }) => failure === null || !ourFailures.has(failure.code));
}

function startMs({ startedAt }: Try): number {
  return Date.parse(startedAt);
}
