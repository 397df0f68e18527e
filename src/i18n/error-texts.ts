/** Why a name of the input is refused (faults A1, A2, A8). */
export type NameProblem =
  | 'empty'
  | 'control-character'
  | 'hidden-character'
  | 'blank'
  | 'url'
  | 'user-info'
  | 'path'
  | 'port'
  | 'ip-address'
  | 'wildcard'
  | 'empty-label'
  | 'single-label'
  | 'hyphen'
  | 'underscore'
  | 'bad-character'
  | 'bad-idn'
  | 'label-too-long'
  | 'name-too-long'
  | 'suffix-not-allowed';

/** Why a row of the input is refused, apart from its names. */
export type RowProblem =
  | 'no-domain'
  | 'bad-id'
  | 'bad-category'
  | 'bad-services-status'
  | 'bad-text'
  | 'not-json'
  | 'unknown-field'
  | 'wrong-type'
  | 'column-count';

/** Why a list cannot be read any further. */
export type ListProblem =
  | 'utf-16'
  | 'not-utf-8'
  | 'nul'
  | 'line-too-long'
  | 'spreadsheet'
  | 'csv-syntax'
  | 'no-domain-column'
  | 'bad-column';

export type InputProblem = NameProblem | RowProblem | ListProblem;

/** What happened, and what to do next. */
export interface Said {
  what: string;
  next: string;
}

/** Why a configuration file is refused (faults P14). */
export type ConfigProblem =
  | 'too-large'
  | 'utf-16'
  | 'not-utf-8'
  | 'nul'
  | 'not-yaml'
  | 'no-map'
  | 'alias'
  | 'unknown-key'
  | 'not-a-switch'
  | 'not-a-value'
  | 'not-a-list';

/** What ends a command before its work, or because of it. */
export interface ErrorTexts {
  usage: Record<
    'unknown-option' | 'unknown-command' | 'missing-argument' | 'missing-value' | 'too-many-arguments' | 'other',
    (token: string) => string
  >;
  didYouMean: (name: string) => string;
  seeHelp: string;
  /** `place`: the flag, the variable, or file, line and key. */
  badValue: (input: { place: string; value: string; expected: string }) => Said;
  conflict: (one: string, other: string) => Said;
  unknownVariable: (name: string, close: string | null) => Said;
  config: { at: (file: string, line: number | null) => string; problems: Record<ConfigProblem, (detail: string) => Said> };
  unknownCheck: (id: string, close: string | null) => Said;
  noInput: Said;
  noAgencies: Said;
  fileNotReadable: (file: string, code: string) => Said;
  badFile: (file: string, detail: string) => Said;
  invalidLines: (count: number) => Said;
  /** One refused line: where and why. */
  line: (input: { file: string; line: number; field: string; value: string }) => string;
  problems: Record<InputProblem, Said>;
  noRun: (dir: string) => Said;
  demoRun: (run: string) => Said;
  locked: (pid: number, host: string) => Said;
  evidenceDamaged: (path: string, byte: number) => Said;
  evidenceTorn: Said;
  cannotWrite: (path: string, code: string) => Said;
  internal: (detail: string) => Said;
  expected: Record<
    | 'engine'
    | 'engine-url'
    | 'choice'
    | 'number'
    | 'duration'
    | 'long-duration'
    | 'address'
    | 'url'
    | 'host'
    | 'fail-on'
    | 'suffix'
    | 'prefix'
    | 'output'
    | 'name'
    | 'switch',
    string
  >;
}
