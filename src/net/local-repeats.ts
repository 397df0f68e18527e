/** How often a question is repeated that failed for a limit of this machine (`local-limit`, faults P7, P8): nothing was sent. */
export const localRepeats = 5;

/** Milliseconds before the next repeat, after `repeats` of them: growing, so that others can end and give back what ran out. */
export const localPauseMs = (repeats: number): number => 500 * (repeats + 1);
