import type { RunProblem } from '../model/run-problem.ts';

/** A run that cannot be used as it was asked. */
export class RunUseError extends Error {
  readonly problem: RunProblem;
  readonly path: string;
  /** Technical and in no language: a schema, a process, a place in a file, an error code of the system. */
  readonly detail: string;

  constructor(problem: RunProblem, path: string, detail: string) {
    super(`${path}: ${problem}${detail === '' ? '' : ` (${detail})`}`);
    this.name = 'RunUseError';
    this.problem = problem;
    this.path = path;
    this.detail = detail;
  }
}
