import type { ConfigProblem } from '../i18n/error-texts.ts';

/** A configuration file that cannot be used. */
export class ConfigError extends Error {
  readonly problem: ConfigProblem;
  /** Counts from 1; null: the file as a whole. */
  readonly line: number | null;
  readonly detail: string;
  /** A known key that was probably meant. */
  readonly near: string | null;

  constructor(problem: ConfigProblem, line: number | null, detail: string, near: string | null = null) {
    super(`${problem} ${detail}`);
    this.name = 'ConfigError';
    this.problem = problem;
    this.line = line;
    this.detail = detail;
    this.near = near;
  }
}
