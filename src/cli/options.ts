import { type Language, languages } from '../i18n/catalogue.ts';
import type { AddressPolicy } from '../model/address-registry.ts';
import { defaultSettings } from '../model/settings.ts';
import { type CsvRows, csvRows, type Format, formatOfFile, formats } from '../reports/formats.ts';
import { type ShowLevel, showLevels } from '../reports/show-level.ts';
import { type CommandName, type Shell, shells } from './command-table.ts';
import type { DiffOptions } from './diff-command.ts';
import type { FailOn } from './exit-codes.ts';
import type { FleetOptions } from './fleet-command.ts';
import { type FleetAudit, fleetAudit, fleetOptions, vantagesOf, workerOptions } from './fleet-options.ts';
import { operandChoice } from './operand-choice.ts';
import { OptionError } from './option-sources.ts';
import { address, badValue, choice, contactUrl, duration, failOn, host, separated, suffix, wholeNumber } from './option-values.ts';
import { flag, type Raw, text, texts } from './raw-options.ts';
import type { PruneOptions, RunsOptions } from './runs-command.ts';
import type { TrendOptions } from './trend-command.ts';
import type { WorkerCommandOptions } from './worker-command.ts';

/** What every command knows. */
export interface GlobalOptions {
  language: Language;
  quiet: boolean;
  verbose: boolean;
  colour: boolean;
}

/** How results are judged and shown. */
export interface ReportOptions {
  outputs: readonly string[];
  format: Format;
  csvRows: CsvRows;
  show: ShowLevel;
  failOn: FailOn;
  /** Check ids, not yet compared with the checks there are. */
  only: readonly string[];
  skip: readonly string[];
  /** Run to compare with. */
  baseline: string | null;
  /** Name or file of the criteria; null: those of the run, else the default. */
  criteria: string | null;
  /** Files of routing data. */
  vrps: string | null;
  asnDb: string | null;
  /** File of accepted faults. */
  ignoreFile: string | null;
}

/** Where names are asked and what proves this machine. */
export interface PathOptions {
  resolvers: readonly string[];
  rootHints: string | null;
  webControls: readonly string[];
  smtpControls: readonly string[];
  contact: string | null;
  helo: string | null;
  addressPolicy: AddressPolicy;
}

export interface AuditOptions extends GlobalOptions, ReportOptions, PathOptions {
  domains: readonly string[];
  lists: readonly string[];
  skipInvalid: boolean;
  services: 'active' | 'listed';
  certificateFiles: readonly string[];
  optOut: string | null;
  /** File of DS records of the root. */
  trustAnchor: string | null;
  allowedSuffixes: readonly string[];
  concurrency: number;
  timeoutMs: number;
  labRates: boolean;
  runDir: string;
  /** Folder or id; 'latest': the youngest; null: a new run. */
  resume: string | null;
  keepBodies: boolean;
  vantage: string;
  /** Measured by workers of several vantages; null: by this machine. */
  fleet: FleetAudit | null;
}

export type DemoOptions = GlobalOptions & ReportOptions & { runDir: string };
/** `runs`: each a folder, an id or 'latest', with the name of its vantage before it where wanted (`hn=RUN`). */
export type JudgeOptions = DemoOptions & { runs: readonly string[] };
export type ExplainOptions = GlobalOptions & { check: string | null };
export type DoctorOptions = GlobalOptions & PathOptions;

export type CompletionOptions = GlobalOptions & { shell: Shell };

export type Invocation =
  | { command: 'audit'; options: AuditOptions }
  | { command: 'demo'; options: DemoOptions }
  | { command: 'judge'; options: JudgeOptions }
  | { command: 'worker'; options: WorkerCommandOptions }
  | { command: 'fleet'; options: FleetOptions }
  | { command: 'diff'; options: DiffOptions }
  | { command: 'trend'; options: TrendOptions }
  | { command: 'runs'; options: RunsOptions }
  | { command: 'prune'; options: PruneOptions }
  | { command: 'explain'; options: ExplainOptions }
  | { command: 'doctor'; options: DoctorOptions }
  | { command: 'completion'; options: CompletionOptions };

/** Reads the values of a command. Throws `CliError` with exit code 2, which names the place where a bad value was written. */
export function invocationOf(command: CommandName, operands: readonly string[], raw: Raw): Invocation {
  try {
    return read(command, operands, raw);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw error.at(raw.options.get(error.option)?.source ?? { kind: 'flag' });
  }
}

function read(command: CommandName, operands: readonly string[], raw: Raw): Invocation {
  const [first, second] = operands;
  const shared = { ...globalOptions(raw), runDir: text(raw, 'run-dir') ?? 'runs' };
  switch (command) {
    case 'audit':
      return { command, options: auditOptions(operands, raw) };
    case 'demo':
      return { command, options: { ...shared, ...reportOptions(raw) } };
    case 'judge':
      return { command, options: { ...shared, ...reportOptions(raw), runs: operands } };
    case 'worker':
      return { command, options: workerOptions({ ...globalOptions(raw), ...pathOptions(raw) }, raw) };
    case 'fleet':
      return { command, options: fleetOptions(first ?? '', globalOptions(raw), raw) };
    case 'diff':
      return { command, options: { ...shared, runs: [first ?? '', second ?? ''], format: text(raw, 'format-runs') ?? 'table' } };
    case 'trend':
      return {
        command,
        options: { ...shared, runs: operands, format: text(raw, 'format-trend') ?? 'table', outputs: texts(raw, 'output-trend') },
      };
    case 'runs':
      return runsInvocation(first, { ...shared, format: text(raw, 'format-runs') ?? 'table' }, raw);
    case 'explain':
      return { command, options: { ...shared, check: first ?? null } };
    case 'doctor':
      return { command, options: { ...shared, ...pathOptions(raw) } };
    case 'completion':
      return { command, options: { ...shared, shell: operandChoice('completion', first ?? '', shells) } };
  }
}

function runsInvocation(action: string | undefined, options: RunsOptions, raw: Raw): Invocation {
  if (action === undefined) return { command: 'runs', options };
  return { command: operandChoice('runs', action, ['prune']), options: { ...options, keep: text(raw, 'keep'), force: flag(raw, 'force') } };
}

const { input: limits } = defaultSettings;

function globalOptions(raw: Raw): GlobalOptions {
  const asked = text(raw, 'lang');
  if (asked !== null) choice('lang', asked, languages);
  return { language: raw.language, quiet: flag(raw, 'quiet'), verbose: flag(raw, 'verbose'), colour: !flag(raw, 'no-color') };
}

function reportOptions(raw: Raw): ReportOptions {
  const outputs = texts(raw, 'output');
  const unknown = outputs.find((path) => formatOfFile(path) === null);
  if (unknown !== undefined) throw badValue('output', unknown, 'output');
  return {
    outputs,
    format: choice('format', text(raw, 'format') ?? 'table', formats),
    csvRows: choice('csv', text(raw, 'csv') ?? 'agencies', csvRows),
    show: choice('show', text(raw, 'show') ?? 'inconclusive', showLevels),
    failOn: failOn(text(raw, 'fail-on') ?? 'never'),
    only: separated(texts(raw, 'only')),
    skip: separated(texts(raw, 'skip')),
    baseline: text(raw, 'baseline'),
    criteria: text(raw, 'criteria'),
    vrps: text(raw, 'vrps'),
    asnDb: text(raw, 'asn-db'),
    ignoreFile: text(raw, 'ignore'),
  };
}

function pathOptions(raw: Raw): PathOptions {
  const rootHints = text(raw, 'root-hints');
  const resolvers = separated(texts(raw, 'resolver')).map((value) => address('resolver', value));
  const contact = text(raw, 'contact');
  const helo = text(raw, 'helo');
  return {
    resolvers,
    rootHints,
    webControls: separated(texts(raw, 'web-control')).map((value) => host('web-control', value, limits)),
    smtpControls: separated(texts(raw, 'smtp-control')).map((value) => host('smtp-control', value, limits)),
    contact: contact === null ? null : contactUrl(contact),
    helo: helo === null ? null : host('helo', helo, limits),
    addressPolicy: flag(raw, 'allow-private') ? 'allow-private' : 'public',
  };
}

function auditOptions(domains: readonly string[], raw: Raw): AuditOptions {
  const vantages = vantagesOf(raw);
  return {
    ...globalOptions(raw),
    ...reportOptions(raw),
    ...pathOptions(raw),
    domains,
    lists: texts(raw, 'list'),
    skipInvalid: flag(raw, 'skip-invalid'),
    services: choice('services', text(raw, 'services') ?? 'listed', ['active', 'listed']),
    certificateFiles: texts(raw, 'ca'),
    optOut: text(raw, 'opt-out'),
    trustAnchor: text(raw, 'trust-anchor'),
    allowedSuffixes: separated(texts(raw, 'allow-suffix')).map((value) => suffix('allow-suffix', value, limits)),
    concurrency: wholeNumber('concurrency', text(raw, 'concurrency') ?? '', [1, 1_000]),
    timeoutMs: duration('timeout', text(raw, 'timeout') ?? ''),
    labRates: flag(raw, 'lab-rates'),
    runDir: text(raw, 'run-dir') ?? 'runs',
    resume: flag(raw, 'resume') ? 'latest' : text(raw, 'resume'),
    keepBodies: flag(raw, 'keep-bodies'),
    vantage: vantages[0] ?? 'local',
    fleet: fleetAudit(raw, vantages),
  };
}
