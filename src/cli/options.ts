import { CommanderError } from 'commander';
import { type Catalogue, type ErrorTexts, type Language, languages } from '../i18n/catalogue.ts';
import type { AddressPolicy } from '../model/address-registry.ts';
import { defaultSettings } from '../model/settings.ts';
import { type Format, formatOfFile, formats } from '../reports/formats.ts';
import { type ShowLevel, showLevels } from '../reports/show-level.ts';
import { CliError } from './cli-error.ts';
import type { FailOn } from './exit-codes.ts';
import {
  address,
  badValue,
  choice,
  contactUrl,
  duration,
  failOn,
  host,
  separated,
  shortName,
  suffix,
  wholeNumber,
} from './option-values.ts';
import { buildProgram, type CommandName } from './program.ts';

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
  show: ShowLevel;
  failOn: FailOn;
  /** Check ids, not yet compared with the checks there are. */
  only: readonly string[];
  skip: readonly string[];
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
  allowedSuffixes: readonly string[];
  /** Null: the default of the settings. */
  concurrency: number | null;
  timeoutMs: number | null;
  labRates: boolean;
  runDir: string;
  /** Folder or id; 'latest': the youngest; null: a new run. */
  resume: string | null;
  keepBodies: boolean;
  vantage: string;
}

export type DemoOptions = GlobalOptions & ReportOptions & { runDir: string };
export type JudgeOptions = DemoOptions & { run: string };
export type ExplainOptions = GlobalOptions & { check: string | null };
export type DoctorOptions = GlobalOptions & PathOptions;

export type Invocation =
  | { command: 'help'; text: string }
  | { command: 'audit'; options: AuditOptions }
  | { command: 'demo'; options: DemoOptions }
  | { command: 'judge'; options: JudgeOptions }
  | { command: 'explain'; options: ExplainOptions }
  | { command: 'doctor'; options: DoctorOptions };

/** Reads the command line; touches nothing else. Throws `CliError` with exit code 2. */
export function parseCommandLine(argv: readonly string[], catalogue: Catalogue): Invocation {
  let help = '';
  let found: Invocation | null = null;
  const program = buildProgram(catalogue, {
    write: (text) => {
      help += text;
    },
    onCommand: (command, operands, raw) => {
      found = invocationOf(command, operands, { raw, language: catalogue.language });
    },
  });
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed' || error.code === 'commander.help') return { command: 'help', text: help };
    throw usageError(error);
  }
  return found ?? { command: 'help', text: program.helpInformation() };
}

const usageCodes: Readonly<Record<string, keyof ErrorTexts['usage']>> = {
  'commander.unknownOption': 'unknown-option',
  'commander.unknownCommand': 'unknown-command',
  'commander.missingArgument': 'missing-argument',
  'commander.optionMissingArgument': 'missing-value',
  'commander.excessArguments': 'too-many-arguments',
};

/** commander's own words are English; the offending word is between quotes. */
function usageError(error: CommanderError): CliError {
  const [, token = ''] = error.message.split("'");
  const meant = /\(Did you mean (?:one of )?([^)?]{1,200})\?\)/.exec(error.message)?.[1] ?? null;
  return new CliError({
    code: 'usage',
    say: ({ cli }) => ({
      what: cli.errors.usage[usageCodes[error.code] ?? 'other'](token),
      next: meant === null ? cli.errors.seeHelp : `${cli.errors.didYouMean(meant)} ${cli.errors.seeHelp}`,
    }),
  });
}

interface Raw {
  raw: Readonly<Record<string, unknown>>;
  language: Language;
}

function invocationOf(command: CommandName, operands: readonly string[], raw: Raw): Invocation {
  const [first] = operands;
  const shared = globalOptions(raw);
  switch (command) {
    case 'audit':
      return { command, options: auditOptions(operands, raw) };
    case 'demo':
      return { command, options: { ...shared, ...reportOptions(raw), runDir: text(raw, 'runDir') ?? 'runs' } };
    case 'judge':
      return { command, options: { ...shared, ...reportOptions(raw), runDir: text(raw, 'runDir') ?? 'runs', run: first ?? '' } };
    case 'explain':
      return { command, options: { ...shared, check: first ?? null } };
    case 'doctor':
      return { command, options: { ...shared, ...pathOptions(raw) } };
  }
}

const { input: limits } = defaultSettings;
const text = ({ raw }: Raw, name: string): string | null => (typeof raw[name] === 'string' ? raw[name] : null);
const flag = ({ raw }: Raw, name: string): boolean => raw[name] === true;
const texts = ({ raw }: Raw, name: string): string[] =>
  Array.isArray(raw[name]) ? raw[name].filter((value): value is string => typeof value === 'string') : [];

function globalOptions(raw: Raw): GlobalOptions {
  const asked = text(raw, 'lang');
  if (asked !== null) choice('lang', asked, languages);
  return { language: raw.language, quiet: flag(raw, 'quiet'), verbose: flag(raw, 'verbose'), colour: raw.raw.color !== false };
}

function reportOptions(raw: Raw): ReportOptions {
  const outputs = texts(raw, 'output');
  const unknown = outputs.find((path) => formatOfFile(path) === null);
  if (unknown !== undefined) throw badValue('output', unknown, 'output');
  return {
    outputs,
    format: choice('format', text(raw, 'format') ?? 'table', formats),
    show: choice('show', text(raw, 'show') ?? 'inconclusive', showLevels),
    failOn: failOn(text(raw, 'failOn') ?? 'never'),
    only: separated(texts(raw, 'only')),
    skip: separated(texts(raw, 'skip')),
  };
}

function pathOptions(raw: Raw): PathOptions {
  const rootHints = text(raw, 'rootHints');
  const resolvers = separated(texts(raw, 'resolver')).map((value) => address('resolver', value));
  if (rootHints !== null && resolvers.length > 0) {
    throw new CliError({ code: 'usage', say: ({ cli }) => cli.errors.conflict('resolver', 'root-hints') });
  }
  const contact = text(raw, 'contact');
  const helo = text(raw, 'helo');
  return {
    resolvers,
    rootHints,
    webControls: separated(texts(raw, 'webControl')).map((value) => host('web-control', value, limits)),
    smtpControls: separated(texts(raw, 'smtpControl')).map((value) => host('smtp-control', value, limits)),
    contact: contact === null ? null : contactUrl(contact),
    helo: helo === null ? null : host('helo', helo, limits),
    addressPolicy: flag(raw, 'allowPrivate') ? 'allow-private' : 'public',
  };
}

function auditOptions(domains: readonly string[], raw: Raw): AuditOptions {
  const concurrency = text(raw, 'concurrency');
  const timeout = text(raw, 'timeout');
  return {
    ...globalOptions(raw),
    ...reportOptions(raw),
    ...pathOptions(raw),
    domains,
    lists: texts(raw, 'list'),
    skipInvalid: flag(raw, 'skipInvalid'),
    services: choice('services', text(raw, 'services') ?? 'listed', ['active', 'listed']),
    certificateFiles: texts(raw, 'ca'),
    optOut: text(raw, 'optOut'),
    allowedSuffixes: separated(texts(raw, 'allowSuffix')).map((value) => suffix('allow-suffix', value, limits)),
    concurrency: concurrency === null ? null : wholeNumber('concurrency', concurrency, [1, 1_000]),
    timeoutMs: timeout === null ? null : duration('timeout', timeout),
    labRates: flag(raw, 'labRates'),
    runDir: text(raw, 'runDir') ?? 'runs',
    resume: flag(raw, 'resume') ? 'latest' : text(raw, 'resume'),
    keepBodies: flag(raw, 'keepBodies'),
    vantage: shortName('vantage', text(raw, 'vantage') ?? 'local'),
  };
}
