import { type Failure, type FailureCode, ourFailures } from '../model/failure.ts';
import type { Operation } from '../model/observation.ts';
import type { Settings } from '../model/settings.ts';

/** What the run knew of the endpoint when the try ended. */
export interface EndpointState {
  answered: boolean;
  /** Known silent before this operation began. */
  silent: boolean;
}

/** A cap that was reached will be reached again; nothing was sent to a refused address. */
const certain: ReadonlySet<FailureCode> = new Set(['too-large', 'address-refused']);

/** Another try cannot tell more: it is final, or it is ours. */
export function isFinal({ code }: Failure): boolean {
  return code !== 'local-limit' && (certain.has(code) || ourFailures.has(code));
}

/** A timeout before anything came back: loss, or nobody there. A stall after the connection stood is neither. */
export function isSilence(operation: Operation, { code, step }: Failure): boolean {
  return code === 'timeout' && (operation.op === 'dns-query' || step === 'connect');
}

/** Tries that an operation over a silent endpoint gets before it ends. */
export const fullTries = (operation: Operation, { dns, tcp }: Settings): number => (operation.op === 'dns-query' ? dns.tries : tcp.tries);

/**
 * How many tries in all a failure deserves (design §5, "Tries"): two for what the target or the network said; for a timeout the
 * full tries, one at the retest, one where nobody ever answered, and `run.lossTries` where somebody did, as that is loss.
 */
export function plannedTries(
  operation: Operation,
  failure: Failure,
  { settings, endpoint }: { settings: Settings; endpoint: EndpointState },
): number {
  if (isFinal(failure)) return 1;
  if (failure.code !== 'timeout') return 2;
  // A tarpit: one wait for the greeting is dear enough, the retest is the second.
  if (operation.op === 'smtp-session' && failure.step === 'banner') return 1;
  const full = fullTries(operation, settings);
  if (isSilence(operation, failure)) {
    if (endpoint.answered) return Math.max(settings.run.lossTries, full);
    if (endpoint.silent) return 1;
  }
  return operation.request.round === 'retest' || operation.request.round === 'remeasure' ? 1 : full;
}

/** Pause before the next try, ms. */
export function spacingMs(operation: Operation, failure: Failure, { dns, tcp, run }: Settings): number {
  if (failure.code !== 'timeout') return run.connectionSpacingMs;
  return operation.op === 'dns-query' ? dns.timeoutSpacingMs : tcp.timeoutSpacingMs;
}
