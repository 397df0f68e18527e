import type { Bilingual } from '../../model/report.ts';

export const sections = ['input', 'results', 'judging', 'path', 'measuring', 'fleet', 'runs', 'general'] as const;
export type Section = (typeof sections)[number];

/**
 * One option. From this table come the parser, `--help`, the keys of the configuration file, the names of environment variables, the
 * completions, the manual page and the tables of the README.
 */
export interface OptionRow {
  section: Section;
  help: Bilingual;
  short?: string;
  /** Long name, where the key of the table is another because commands differ in it. */
  long?: string;
  /** What stands for the value in help; without it the option is a switch. */
  argument?: string;
  /** The value may be left out. */
  optional?: true;
  /** May be given more than once; `comma`: or several in one, separated by commas. */
  repeatable?: true | 'comma';
  choices?: readonly string[];
  /** As it would be written. */
  default?: string;
  /** The default in words, where it is no value. */
  defaultText?: Bilingual;
  /** Only on the command line: no key of the configuration file; `env`: but an environment variable. */
  only?: 'flag' | 'env';
  /** What a shell completes. */
  completes?: 'file' | 'folder' | 'check' | 'run';
}
