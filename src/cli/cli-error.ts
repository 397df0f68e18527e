import type { Catalogue } from '../i18n/catalogue.ts';
import type { Said } from '../i18n/error-texts.ts';
import { exitCodes } from './exit-codes.ts';

/** Something that ends the command: a stable code, an exit code, and what to say in the language chosen. */
export class CliError extends Error {
  readonly code: string;
  readonly exitCode: number;
  readonly say: (catalogue: Catalogue) => Said;
  /** More lines under the first, for example the refused lines of a list. */
  readonly details: (catalogue: Catalogue) => string[];

  constructor(input: {
    code: string;
    say: (catalogue: Catalogue) => Said;
    exitCode?: number;
    details?: (catalogue: Catalogue) => string[];
  }) {
    super(input.code);
    this.name = 'CliError';
    this.code = input.code;
    this.exitCode = input.exitCode ?? exitCodes.usage;
    this.say = input.say;
    this.details = input.details ?? (() => []);
  }
}
