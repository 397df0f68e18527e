import { z } from 'zod';

/**
 * Why a run cannot be used. `missing`: nothing there. `not-a-run`: a folder without `run.json`. `locked`: somebody works in it.
 * `newer-schema`: written by a later version, never guessed (faults P13). `damaged`: there, and not readable. `no-result`: begun, and
 * nothing in it that could be judged. `twice`: the same run was given before.
 */
export const runProblemSchema = z.enum(['missing', 'not-a-run', 'locked', 'newer-schema', 'damaged', 'no-result', 'twice']);
export type RunProblem = z.infer<typeof runProblemSchema>;
