import type { CliTexts, DoctorTexts } from './catalogue.ts';
import { count } from './count-en.ts';
import { errorsEn } from './error-texts-en.ts';

/** `ipv6gov doctor`. */
const doctorEn: DoctorTexts = {
  title: 'Can this machine measure?',
  proof: ({ class: name, family, state }) => `${name} over IPv${family}: ${state}`,
  notAsked: 'not asked (no control host given)',
  dnsPath: (path) => `DNS path: ${path}`,
  dns64: (seen) => `DNS64: ${seen}`,
  clock: (offsetMs) => `Clock: ${offsetMs} ms off`,
  clockUnknown: 'Clock: not compared (fewer than five web servers answered)',
  useResolver:
    'DNS does not leave this network directly. Give its resolver: `ipv6gov audit --resolver ADDRESS …`; checks of name servers are then not measured.',
  useControls:
    'Web and mail are proven while a list is measured; for a single agency name unrelated hosts with --web-control and --smtp-control.',
  noContact: 'No --contact is given: operators who see our requests cannot learn who measures.',
  defaultHelo: (helo) => `No --helo is given: mail servers are told ${helo}.`,
  privateResolver: (address) => `The resolver ${address} is no public address: it is refused unless --allow-private is given.`,
  good: 'This machine can measure.',
  bad: 'This machine cannot measure IPv6 as it is.',
};

/** Sentences of the command line in English. */
export const cliEn: CliTexts = {
  usage: '[command] [options] [DOMAIN…]',
  about: 'Audits government domains over IPv6: conformity with IPv6 For Gov 2021-2025 and readiness for IPv6-only 2026-2030.',
  headings: {
    usage: 'Usage:',
    arguments: 'Arguments:',
    options: 'Options:',
    globalOptions: 'Global options:',
    commands: 'Commands:',
    examples: 'Examples:',
  },
  sections: {
    input: 'Input:',
    results: 'Results:',
    judging: 'Judging:',
    path: 'Path and identity:',
    measuring: 'Measuring:',
    fleet: 'Several vantages:',
    runs: 'Runs:',
    general: 'General:',
  },
  optionWords: { default: 'default', repeatable: 'repeatable', comma: 'repeatable, or comma-separated' },
  sources: {
    flag: (flag) => `command line, ${flag}`,
    env: (name) => `environment variable ${name}`,
    file: (place) => place,
    default: () => 'default',
  },
  notSet: '(not set)',
  exitCodes: {
    0: 'the gate of --fail-on is passed, or there is none',
    1: 'the gate of --fail-on is not passed',
    2: 'the command line, the configuration or the list cannot be used; nothing was measured',
    3: 'our own side could not measure: IPv6 (web or DNS) not proven, the tool failed, or at least 20 % of the agencies are measured too little for causes of ours; it wins over 1',
    130: 'ended by Ctrl-C (SIGINT); continue with --resume',
    143: 'ended by SIGTERM; continue with --resume',
  },
  hint: 'Next:',
  warning: 'Warning:',
  progress: (done, total, percent) => `measured ${done} of ${total} agencies (${percent} %)`,
  retesting: (agencies) => `second look at ${count(agencies, 'agency', 'agencies')}`,
  progressUnit: 'agencies',
  resumed: (agencies, droppedBytes) =>
    `Continuing: ${count(agencies, 'agency is', 'agencies are')} measured already${droppedBytes > 0 ? `; a cut record of ${droppedBytes} bytes was dropped` : ''}.`,
  listChanged: (added, removed, changed) =>
    `The list given now differs from that of the run: ${added} new (they are measured too), ${removed} no longer in it (they stay in the run), ${changed} with other names (the run keeps its own; start a new run for the others).`,
  versionDiffers: (then, now) => `The run was begun by version ${then}, this is ${now}; the results say the older one.`,
  settingsKept: 'A continued run keeps its own settings; other options that change what is measured are ignored.',
  tookOverLock: 'The lock of a process that is gone was taken over.',
  interrupted: (command) => `Interrupted; what was measured is kept. Continue with: ${command}`,
  duplicates: (number) => `${count(number, 'entry is', 'entries are')} in the list twice (same id, or same domains); the first one counts.`,
  skippedInvalid: (number) => `${count(number, 'entry', 'entries')} of the list left out because of --skip-invalid.`,
  optedOut: (number) => `${count(number, 'agency', 'agencies')} in the opt-out file: reported as not measured, and not asked.`,
  moreInvalid: (number) => `… and ${number} more.`,
  checksOff: (number) =>
    `${count(number, 'check is', 'checks are')} switched off: verdicts and scores are not those of the whole criteria.`,
  runFolder: (path) => `Evidence and report: ${path}`,
  wrote: (path) => `Written: ${path}`,
  criteriaLost: (recorded, used) =>
    `The run was judged by criteria from a file (${recorded}), which it does not keep: judged by ${used}. Give the file with --criteria.`,
  noBaselineYet: (dir) => `There is no earlier complete run in ${dir}: nothing is compared this time.`,
  gateFailed: (rule) => `The gate --fail-on ${rule} is not passed.`,
  demoIntro: (agencies) => `Demo: ${agencies} made-up agencies on servers inside this process; nothing leaves this machine.`,
  demoNote: (note) => `Note: ${note}`,
  level: 'Level:',
  why: 'Why:',
  references: 'References:',
  messages: 'Messages:',
  fix: 'To do:',
  configuration: 'Sample configuration (addresses and names are examples):',
  subjects: { zone: 'zone', host: 'host', 'mail-domain': 'mail domain', exchanger: 'mail exchanger', service: 'service' },
  explainColumns: { check: 'Check', level: 'Level', area: 'Area', title: 'Title' },
  doctor: doctorEn,
  errors: errorsEn,
};
