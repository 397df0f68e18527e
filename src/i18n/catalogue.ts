import type { Category } from '../model/agency.ts';
import type { Area, Level, ServiceRole, Status } from '../model/finding.ts';
import type { ProofState, Readiness, ReportAgency, ServiceReport, VantageReport, Verdict } from '../model/report.ts';
import type { ErrorTexts } from './error-texts.ts';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

/** Why our own side could not measure (exit code 3). */
export type OwnTrouble =
  | 'no-ipv6'
  | 'ipv6-unproven'
  | 'no-dns-proof'
  | 'dns-intercepted'
  | 'no-web-proof'
  | 'crashed'
  | 'evidence-missing'
  | 'coverage';

/** Single words and short phrases. */
export interface Words {
  statuses: Record<Status, string>;
  verdicts: Record<Verdict, string>;
  levels: Record<Level, string>;
  areas: Record<Area, string>;
  roles: Record<ServiceRole, string>;
  /** Plural or collective, for totals. */
  categories: Record<Category, string>;
  counted: Record<ReportAgency['counted'], string>;
  ladder: Record<Readiness['verdict'], string>;
  serviceStates: Record<ServiceReport['state'], string>;
  tripleStates: Record<ServiceReport['triple']['dns'], string>;
  proofs: Record<ProofState, string>;
  dnsPaths: Record<VantageReport['dnsPath'], string>;
  vantageIpv6: Record<VantageReport['ipv6'], string>;
  /** Reasons of `breakdown.cap`; an unknown one is shown as it is. */
  caps: Record<string, string>;
  components: Record<string, string>;
  notObservable: Record<ReportAgency['notObservable'][number], string>;
  proofClasses: Record<'dns' | 'web' | 'smtp', string>;
  mail: string;
  yes: string;
  no: string;
  decimalPoint: string;
}

/** Sentences of reports for people. */
export interface ReportTexts {
  criteria: (criteria: string) => string;
  run: (id: string, startedAt: string) => string;
  incomplete: string;
  vantage: (input: { name: string; ipv6: string; proofs: string; dnsPath: string; dns64: string }) => string;
  clock: (seconds: string) => string;
  coverage: (input: { agencies: number; enough: number; floor: string }) => string;
  ownTrouble: Record<OwnTrouble, string>;
  portBlocked: string;
  readiness: string;
  score: (value: string) => string;
  noScore: string;
  covered: (percent: string) => string;
  howScored: string;
  notJudged: string;
  cappedFor: (reason: string) => string;
  rung: (level: number) => string;
  rungAtLeast: (level: number) => string;
  services: string;
  decidedBy: (check: string) => string;
  undecided: (checks: string) => string;
  findings: (count: number) => string;
  noFindings: string;
  unmeasured: (count: number) => string;
  others: (count: number) => string;
  fix: string;
  cause: (text: string) => string;
  confidence: (percent: string) => string;
  notObservable: (things: string) => string;
  ipv4Too: string;
  columns: {
    agency: string;
    conformity: string;
    score: string;
    level: string;
    worst: string;
    coverage: string;
    service: string;
    host: string;
    state: string;
  };
  moreRows: (hidden: number) => string;
  totals: string;
  total: (input: { group: string; agencies: number; conforming: number; notConforming: number; inconclusive: number }) => string;
  notCounted: (agencies: number) => string;
  byCategory: string;
  byLevel: string;
  levelCount: (input: { level: number | null; meaning: string; agencies: number; of: number }) => string;
  topCauses: string;
  topCause: (input: { check: string; detail: string; agencies: number; of: number }) => string;
  lever: (input: { name: string; kind: string; agencies: number }) => string;
  noAgencies: string;
}

/** Sentences of the command line. Help of commands and options is in their tables (`cli/command-table`, `cli/option-table`). */
export interface CliTexts {
  usage: string;
  about: string;
  headings: { usage: string; arguments: string; options: string; globalOptions: string; commands: string; examples: string };
  /** Headings of groups of options. */
  sections: Record<'input' | 'results' | 'judging' | 'path' | 'measuring' | 'fleet' | 'runs' | 'general', string>;
  optionWords: { default: string; repeatable: string; comma: string };
  /** Where an effective value comes from; `place` names the variable, the line or the flag. */
  sources: Record<'flag' | 'env' | 'file' | 'default', (place: string) => string>;
  notSet: string;
  exitCodes: Record<0 | 1 | 2 | 3 | 130 | 143, string>;
  hint: string;
  warning: string;
  progress: (done: number, total: number, percent: number) => string;
  retesting: (agencies: number) => string;
  progressUnit: string;
  resumed: (agencies: number, droppedBytes: number) => string;
  /** A continued run's list against the one given now. */
  listChanged: (added: number, removed: number, changed: number) => string;
  versionDiffers: (then: string, now: string) => string;
  settingsKept: string;
  tookOverLock: string;
  interrupted: (command: string) => string;
  duplicates: (count: number) => string;
  skippedInvalid: (count: number) => string;
  optedOut: (count: number) => string;
  moreInvalid: (count: number) => string;
  checksOff: (count: number) => string;
  runFolder: (path: string) => string;
  wrote: (path: string) => string;
  gateFailed: (rule: string) => string;
  /** `--baseline latest` at the first run. */
  noBaselineYet: (dir: string) => string;
  criteriaLost: (recorded: string, used: string) => string;
  demoIntro: (agencies: number) => string;
  demoNote: (note: string) => string;
  level: string;
  why: string;
  references: string;
  messages: string;
  fix: string;
  configuration: string;
  subjects: Record<'zone' | 'host' | 'mail-domain' | 'exchanger' | 'service', string>;
  explainColumns: { check: string; level: string; area: string; title: string };
  doctor: DoctorTexts;
  errors: ErrorTexts;
}

export interface DoctorTexts {
  title: string;
  proof: (input: { class: string; family: 4 | 6; state: string }) => string;
  notAsked: string;
  dnsPath: (path: string) => string;
  dns64: (seen: string) => string;
  clock: (offsetMs: number) => string;
  clockUnknown: string;
  useResolver: string;
  useControls: string;
  noContact: string;
  defaultHelo: (helo: string) => string;
  privateResolver: (address: string) => string;
  good: string;
  bad: string;
}

/** Everything the interface says in one language. Messages of checks live in the check, causes in `causes`. */
export interface Catalogue {
  language: Language;
  words: Words;
  report: ReportTexts;
  cli: CliTexts;
}
