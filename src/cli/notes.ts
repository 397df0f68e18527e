import type { Catalogue } from '../i18n/catalogue.ts';
import { visible } from '../reports/escape.ts';
import type { CliError } from './cli-error.ts';
import type { Io } from './io.ts';

/** What goes to stderr beside progress. Every text is made harmless here. */
export interface Notes {
  /** Left out with -q. */
  note(text: string): void;
  /** Only with -v. */
  detail(text: string): void;
  /** Always. */
  warning(text: string): void;
}

export function createNotes(io: Pick<Io, 'err'>, { cli }: Catalogue, options: { quiet: boolean; verbose: boolean }): Notes {
  const line = (text: string): void => io.err(`${visible(text)}\n`);
  return {
    note: (text) => {
      if (!options.quiet) line(text);
    },
    detail: (text) => {
      if (options.verbose) line(text);
    },
    warning: (text) => line(`${cli.warning} ${text}`),
  };
}

/** What ended the command: what, where and why with a stable code, then the next step. */
export function showError(error: CliError, io: Pick<Io, 'err'>, catalogue: Catalogue): void {
  const { what, next } = error.say(catalogue);
  const lines = [
    `ipv6gov: ${what} [${error.code}]`,
    ...error.details(catalogue).map((line) => `  ${line}`),
    `  ${catalogue.cli.hint} ${next}`,
  ];
  io.err(`${lines.map(visible).join('\n')}\n`);
}
