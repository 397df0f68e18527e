import { count } from './count-en.ts';
import type { ErrorTexts } from './error-texts.ts';
import { inputProblemsEn } from './input-problems-en.ts';
import { systemWord } from './system-words.ts';

/** What ends a command before its work, or because of it, in English. */
export const errorsEn: ErrorTexts = {
  usage: {
    'unknown-option': (token) => `Unknown option ${token}.`,
    'unknown-command': (token) => `Unknown command ${token}.`,
    'missing-argument': (token) => `The argument ${token} is missing.`,
    'missing-value': (token) => `The option ${token} needs a value.`,
    'too-many-arguments': (token) => `Too many arguments${token === '' ? '' : ` for ${token}`}.`,
    other: (token) => `The command line cannot be read${token === '' ? '' : ` at ${token}`}.`,
  },
  didYouMean: (name) => `Did you mean ${name}?`,
  seeHelp: 'See `ipv6gov --help`.',
  badValue: ({ place, value, expected }) => ({ what: `${place}: ${value} is not ${expected}.`, next: 'See `ipv6gov audit --help`.' }),
  conflict: (one, other) => ({ what: `--${one} and --${other} exclude each other.`, next: 'Give one of them.' }),
  unknownVariable: (name, close) => ({
    what: `No option uses the environment variable ${name}.`,
    next: close === null ? 'See `ipv6gov audit --print-config`.' : `Did you mean ${close}?`,
  }),
  config: {
    at: (file, line) => (line === null ? file : `${file}, line ${line}`),
    problems: {
      'too-large': (most) => ({
        what: `the configuration is larger than ${most}.`,
        next: 'Keep the agencies in a file of their own (key list).',
      }),
      'utf-16': () => ({ what: 'the file is UTF-16.', next: 'Save it as UTF-8.' }),
      'not-utf-8': () => ({ what: 'the text is not UTF-8.', next: 'Save it as UTF-8.' }),
      nul: () => ({ what: 'it holds a NUL byte, so it is no text.', next: 'Save it as text in UTF-8.' }),
      'not-yaml': (detail) => ({ what: `it is no valid YAML${detail === '' ? '' : `: ${detail}`}`, next: 'Correct this line.' }),
      'no-map': () => ({
        what: 'a configuration is lines of key: value.',
        next: 'For example fail-on: warn; see `ipv6gov audit --print-config`.',
      }),
      alias: (key) => ({ what: `${key} uses an anchor, alias or tag of YAML.`, next: 'Write the value itself.' }),
      'unknown-key': (key) => ({ what: `there is no key ${key}.`, next: '`ipv6gov audit --print-config` lists the keys.' }),
      'not-a-switch': (key) => ({ what: `${key} must be true or false.`, next: 'Correct the value.' }),
      'not-a-value': (key) => ({ what: `${key} must be one value.`, next: 'Correct the value.' }),
      'not-a-list': (key) => ({ what: `${key} must be a value or a list of values.`, next: 'Correct the value.' }),
    },
  },
  unknownCheck: (id, close) => ({
    what: `There is no check ${id}.`,
    next: close === null ? '`ipv6gov explain` lists every check.' : `Did you mean ${close}? \`ipv6gov explain\` lists every check.`,
  }),
  noInput: {
    what: 'Nothing to audit was given.',
    next: 'Give domains, or a list with -l FILE, or the shipped list with -l vn. `ipv6gov demo` needs no network.',
  },
  noAgencies: { what: 'The list holds no agency that can be audited.', next: 'Check the list; one domain a line is enough.' },
  fileNotReadable: (file, code) => ({
    what: `${file} cannot be read: ${systemWord(code, 'en')}.`,
    next: 'Check the path and its permissions.',
  }),
  badFile: (file, detail) => ({ what: `${file} cannot be used: ${detail}.`, next: 'Correct the file and start again.' }),
  invalidLines: (number) => ({
    what: `${count(number, 'entry', 'entries')} of the input cannot be used; nothing was measured.`,
    next: 'Correct the list, or leave these entries out with --skip-invalid.',
  }),
  line: ({ file, line, field, value }) => {
    const place = file === 'arguments' ? 'command line' : `${file}, line ${line}${field === '' ? '' : `, ${field}`}`;
    return value === '' ? place : `${place}: ${value}`;
  },
  problems: inputProblemsEn,
  noRun: (dir) => ({ what: `There is no run in ${dir}.`, next: 'Give the folder of a run, or its place with --run-dir.' }),
  demoRun: (run) => ({
    what: `${run} is a run of \`ipv6gov demo\`: it cannot be continued, because its servers are gone.`,
    next: 'Run `ipv6gov demo` again, or judge it again with `ipv6gov judge`.',
  }),
  locked: (pid, host) => ({ what: `Process ${pid} on ${host} works in this run folder.`, next: 'Wait for it or end it.' }),
  evidenceDamaged: (path, byte) => ({
    what: `The evidence of this run cannot be read: ${path} is damaged from byte ${byte} on.`,
    next: 'Restore the file from a copy, or measure again.',
  }),
  evidenceTorn: {
    what: 'The last record of this run is cut: the run was ended hard.',
    next: 'Continue it with `ipv6gov audit --resume RUN`, which repairs it.',
  },
  cannotWrite: (path, code) => ({
    what: `${path === '' ? 'A file' : path} cannot be written: ${systemWord(code, 'en')}.`,
    next: 'Check free space and permissions; what was measured so far is kept.',
  }),
  internal: (detail) => ({ what: `ipv6gov failed: ${detail}`, next: 'Please report it with this text and the run folder.' }),
  expected: {
    engine: 'possible without --engine',
    'engine-url': 'nats://host:4222 or tls://host:4222, without a password in it',
    choice: 'one of the possible values',
    number: 'a whole number in the permitted range',
    'long-duration': 'a duration between 1s and 168h (30m, 24h)',
    duration: 'a duration between 1s and 1h (90s, 4m)',
    address: 'an IP address',
    url: 'an http, https or mailto URL',
    host: 'a host name',
    'fail-on': 'one of fail, warn, regression, never, score<N with N from 0 to 100',
    suffix: 'a domain suffix',
    prefix: 'a name, an address or a prefix',
    output: 'a file name whose suffix is a form of report (see --help)',
    switch: 'true or false',
    name: 'a short name of letters, digits, dots and hyphens',
  },
};
