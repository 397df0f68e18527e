import type { Catalogue } from '../i18n/catalogue.ts';
import { CliError } from './cli-error.ts';
import { longOf, type OptionName } from './option-table.ts';

/** Value of an option as it was written; a switch is true or false. */
export type OptionValue = string | boolean | readonly string[];

/** Where a value comes from, weakest last. */
export type Source = { kind: 'flag' } | { kind: 'env'; name: string } | { kind: 'file'; file: string; line: number } | { kind: 'default' };

export interface Given {
  value: OptionValue;
  source: Source;
}

/** `--fail-on`, `IPV6GOV_FAIL_ON`, `ipv6gov.yaml, line 3, fail-on`. */
export function placeOf(option: OptionName, source: Source, { cli }: Catalogue): string {
  if (source.kind === 'env') return source.name;
  if (source.kind === 'file') return `${cli.errors.config.at(source.file, source.line)}, ${longOf(option)}`;
  return `--${longOf(option)}`;
}

/** A value that cannot be used: exit code 2, told with the place where it was written. */
export class OptionError extends CliError {
  readonly option: OptionName;
  readonly value: string;
  readonly expected: (catalogue: Catalogue) => string;

  constructor(option: OptionName, value: string, expected: (catalogue: Catalogue) => string, source: Source = { kind: 'flag' }) {
    super({
      code: 'bad-option',
      say: (catalogue) =>
        catalogue.cli.errors.badValue({ place: placeOf(option, source, catalogue), value, expected: expected(catalogue) }),
    });
    this.option = option;
    this.value = value;
    this.expected = expected;
  }

  at(source: Source): OptionError {
    return new OptionError(this.option, this.value, this.expected, source);
  }
}
