import { describe, expect, it } from 'vitest';
import { CliError } from '../../src/cli/cli-error.ts';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { parseConfig } from '../../src/cli/config-text.ts';
import { effectiveOptions, type Givens } from '../../src/cli/effective-options.ts';
import { readEnvironment } from '../../src/cli/environment.ts';
import { chooseLanguage } from '../../src/cli/language.ts';
import { parseOptOut } from '../../src/cli/opt-out.ts';
import { fleetRows } from '../../src/cli/option-rows/fleet.ts';
import { generalRows } from '../../src/cli/option-rows/general.ts';
import { inputRows } from '../../src/cli/option-rows/input.ts';
import { measuringRows } from '../../src/cli/option-rows/measuring.ts';
import { reportRows } from '../../src/cli/option-rows/report.ts';
import { runRows } from '../../src/cli/option-rows/runs.ts';
import { optionNames, optionTable } from '../../src/cli/option-table.ts';
import { type AuditOptions, type Invocation, invocationOf } from '../../src/cli/options.ts';
import { resumeCommand } from '../../src/cli/resume-command.ts';
import { catalogueOf } from '../../src/i18n/language.ts';
import { defaultSettings } from '../../src/model/settings.ts';

const nothing: Pick<Givens, 'env' | 'file'> = { env: new Map(), file: new Map() };

function read(argv: string[], language: 'vi' | 'en', besides = nothing): Invocation | { command: 'help'; text: string } {
  const line = parseCommandLine(argv, catalogueOf(language));
  if (line.help !== null) return { command: 'help', text: line.help };
  return invocationOf(line.command, line.operands, {
    options: effectiveOptions(line.command, { ...besides, flags: line.flags }),
    language,
  });
}
const parse = (line: string) => read(line === '' ? [] : line.split(' '), 'en');

function audit(line: string, besides = nothing): AuditOptions {
  const invocation = read(line.split(' '), 'en', besides);
  if (invocation.command !== 'audit') throw new Error(`is ${invocation.command}`);
  return invocation.options;
}

function refused(act: () => unknown, language: 'vi' | 'en' = 'en'): string {
  try {
    act();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    expect(error.exitCode).toBe(2);
    const { what, next } = error.say(catalogueOf(language));
    return `${what} ${next}`;
  }
  throw new Error('was accepted');
}
const refusal = (line: string, language: 'vi' | 'en' = 'en'): string => refused(() => read(line.split(' '), language), language);

it('no option stands in two groups, of which the later one would hide the earlier', () => {
  const groups = [inputRows, reportRows, measuringRows, fleetRows, runRows, generalRows];
  expect(groups.flatMap((rows) => Object.keys(rows))).toEqual(optionNames);
});

describe('commands', () => {
  it.each<[string, Invocation['command'] | 'help']>([
    ['a.gov.vn', 'audit'],
    ['audit a.gov.vn', 'audit'],
    ['', 'audit'],
    ['-l vn', 'audit'],
    ['-q demo', 'demo'],
    ['demo -q', 'demo'],
    ['demo --lang en', 'demo'],
    ['--lang en judge runs/x', 'judge'],
    ['explain', 'explain'],
    ['explain web-connect', 'explain'],
    ['doctor --resolver 192.0.2.53', 'doctor'],
    ['diff a b', 'diff'],
    ['trend', 'trend'],
    ['trend a b c', 'trend'],
    ['runs', 'runs'],
    ['runs prune --keep 3', 'prune'],
    ['completion fish', 'completion'],
    ['worker --vantage hn --engine nats://x:4222', 'worker'],
    ['fleet status', 'fleet'],
    ['fleet drain --vantage hn', 'fleet'],
    ['--help', 'help'],
    ['audit -h', 'help'],
    ['demo --help', 'help'],
  ])('ipv6gov %s is %s', (line, command) => {
    expect(parse(line).command).toBe(command);
  });

  it('help names only what exists', () => {
    const help = parse('audit --help');
    if (help.command !== 'help') throw new Error('no help');
    for (const absent of ['--keep-wire', '--of ', '--metrics', '--keep ']) expect(help.text).not.toContain(absent);
    for (const present of ['--list', '--resolver', '--fail-on', '--quiet', '--lab-rates', '--config', '--csv', 'Input:', 'Examples:'])
      expect(help.text).toContain(present);
  });

  it('help in Vietnamese holds none of the English texts', () => {
    const help = read(['audit', '--help'], 'vi');
    if (help.command !== 'help') throw new Error('no help');
    for (const { help: text } of Object.values(optionTable).filter(({ help: { en } }) => en.includes(' ')))
      expect(help.text).not.toContain(text.en.slice(0, 24));
    expect(help.text).not.toContain('(default');
    expect(help.text).toContain('Tùy chọn:');
  });
});

describe('options of audit', () => {
  it('have defaults', () => {
    expect(audit('a.gov.vn')).toEqual({
      language: 'en',
      quiet: false,
      verbose: false,
      colour: true,
      outputs: [],
      format: 'table',
      show: 'inconclusive',
      failOn: { kind: 'never' },
      only: [],
      skip: [],
      csvRows: 'agencies',
      baseline: null,
      criteria: null,
      vrps: null,
      asnDb: null,
      ignoreFile: null,
      resolvers: [],
      rootHints: null,
      webControls: [],
      smtpControls: [],
      contact: null,
      helo: null,
      addressPolicy: 'public',
      domains: ['a.gov.vn'],
      lists: [],
      skipInvalid: false,
      services: 'listed',
      certificateFiles: [],
      optOut: null,
      trustAnchor: null,
      allowedSuffixes: [],
      concurrency: defaultSettings.run.agenciesInFlight,
      timeoutMs: defaultSettings.run.agencyBudgetMs,
      labRates: false,
      runDir: 'runs',
      resume: null,
      keepBodies: false,
      vantage: 'local',
      fleet: null,
    });
  });

  it.each<[string, Partial<AuditOptions>]>([
    ['-l a.csv -l -', { lists: ['a.csv', '-'] }],
    ['-o a.json --output b.NDJSON', { outputs: ['a.json', 'b.NDJSON'] }],
    [
      '-o a.HTML -o b.csv -o c.md -o d.xml -o e.sarif -o f.svg -o g.prom',
      { outputs: ['a.HTML', 'b.csv', 'c.md', 'd.xml', 'e.sarif', 'f.svg', 'g.prom'] },
    ],
    ['-f md --csv findings', { format: 'md', csvRows: 'findings' }],
    ['--fail-on regression --baseline latest', { failOn: { kind: 'regression' }, baseline: 'latest' }],
    ['--ignore ignore.yaml', { ignoreFile: 'ignore.yaml' }],
    ['--criteria rfc10001', { criteria: 'rfc10001' }],
    ['--vrps vrps.json --asn-db origins.csv', { vrps: 'vrps.json', asnDb: 'origins.csv' }],
    ['--trust-anchor root.ds', { trustAnchor: 'root.ds' }],
    ['--resolver 192.0.2.53,2001:DB8::53 --resolver 192.0.2.54', { resolvers: ['192.0.2.53', '2001:db8::53', '192.0.2.54'] }],
    ['--resolver 192.0.2.53 a.gov.vn', { resolvers: ['192.0.2.53'], domains: ['a.gov.vn'] }],
    ['--allow-suffix .gov.vn,vn', { allowedSuffixes: ['gov.vn', 'vn'] }],
    ['--fail-on score<80', { failOn: { kind: 'score', below: 80 } }],
    ['--fail-on score<99.5', { failOn: { kind: 'score', below: 99.5 } }],
    ['--fail-on warn', { failOn: { kind: 'status', worst: 'warn' } }],
    ['--timeout 90s', { timeoutMs: 90_000 }],
    ['--timeout 4m', { timeoutMs: 240_000 }],
    ['--timeout 30', { timeoutMs: 30_000 }],
    ['--timeout 1h', { timeoutMs: 3_600_000 }],
    ['--concurrency 1000', { concurrency: 1_000 }],
    ['--resume', { resume: 'latest' }],
    ['--resume 20261124-031500-a1b2c3', { resume: '20261124-031500-a1b2c3' }],
    ['--only web-connect,web-tls --skip mail-role', { only: ['web-connect', 'web-tls'], skip: ['mail-role'] }],
    ['--contact https://x.vn/do', { contact: 'https://x.vn/do' }],
    ['--web-control WWW.x.vn.', { webControls: ['www.x.vn'] }],
    ['--allow-private', { addressPolicy: 'allow-private' }],
    ['--no-color -v', { colour: false, verbose: true }],
  ])('%s', (line, expected) => {
    expect(audit(line)).toMatchObject(expected);
  });

  it.each<[string, string]>([
    ['--colour', '--colour'],
    ['--lst x', '--list'],
    ['-o report.pdf', 'report.pdf'],
    ['-f pdf', 'pdf'],
    ['--csv services', 'services'],
    ['-o report.', 'report.'],
    ['-o json', 'json'],
    ['runs prun', 'prune'],
    ['completion basch', 'bash'],
    ['completion', 'shell'],
    ['diff a', 'after'],
    ['judge a --keep 3', '--keep'],
    ['--lang fr', 'fr'],
    ['--show everything', 'everything'],
    ['--fail-on score<101', 'score<101'],
    ['--fail-on score<', 'score<'],
    ['--fail-on score<8e1', 'score<8e1'],
    ['--fail-on sometimes', 'sometimes'],
    ['--timeout 999ms', '999ms'],
    ['--timeout 61m', '61m'],
    ['--timeout 5x', '5x'],
    ['--concurrency 0', '0'],
    ['--concurrency 1001', '1001'],
    ['--resolver resolver.vn', 'resolver.vn'],
    ['--resolver 127.1', '127.1'],
    ['--resolver 192.0.2.1 --root-hints x', 'root-hints'],
    ['--web-control https://x.vn', 'https://x.vn'],
    ['--contact javascript:x', 'javascript:x'],
    ['--contact https://x.vn/(a)', 'https://x.vn/(a)'],
    ['--vantage ../x', '../x'],
    ['--services some', 'some'],
    ['-l', '--list'],
    ['judge', 'runs'],
    ['a.vn --vantage hn --vantage hcm', 'engine'],
    ['a.vn --detach', 'engine'],
    ['--resume x --engine nats://x:4222', 'resume'],
    ['--attach x --detach --engine nats://x:4222', 'detach'],
    ['--attach x', 'engine'],
    ['a.vn --engine http://x:4222', 'http://x:4222'],
    ['a.vn --engine nats://user:secret@x:4222', 'password'],
    ['a.vn --engine nats://x:4222 --deadline 169h', '169h'],
    ['worker --engine nats://x:4222', 'vantage'],
    ['worker --engine nats://x:4222 --vantage a,b', 'a,b'],
    ['worker --engine nats://x:4222 --vantage a --of 2', '2'],
    ['worker --engine nats://x:4222 --vantage a --lab-rates --of 65', '65'],
    ['fleet', 'action'],
    ['fleet stop', 'stop'],
    ['demo x', 'demo'],
  ])('%s is a usage error that names the trouble', (line, word) => {
    expect(refusal(line)).toContain(word);
  });

  it('speak Vietnamese when asked to', () => {
    expect(refusal('--colour', 'vi')).toBe(
      'Không có tùy chọn --colour. Có phải ý bạn là --no-color? Xem `ipv6gov --help`.'.replace(' Có phải ý bạn là --no-color?', ''),
    );
    expect(refusal('--fail-on sometimes', 'vi')).toContain('không phải là');
  });
});

describe('where values come from', () => {
  const sources = (env: Record<string, string>, file = ''): Pick<Givens, 'env' | 'file'> => ({
    env: readEnvironment(env),
    file: parseConfig(file, 'ipv6gov.yaml'),
  });

  it('reads what a fleet is asked for', () => {
    const line =
      'a.vn --engine tls://[2001:db8::1]:4222 --vantage hn --vantage hcm,hn --deadline 168h --engine-credentials k --engine-ca c';
    expect(audit(line)).toMatchObject({
      vantage: 'hn',
      fleet: {
        engine: 'tls://[2001:db8::1]:4222',
        engineCredentials: 'k',
        engineCa: 'c',
        vantages: ['hn', 'hcm'],
        deadlineMs: 604_800_000,
        detach: false,
        attach: null,
      },
    });
    const worker = parse('worker --engine nats://x:4222 --vantage hn --concurrency 7');
    expect(worker).toMatchObject({ command: 'worker', options: { vantage: 'hn', of: 1, concurrency: 7, metrics: null } });
    expect(parse('worker --engine nats://x:4222 --vantage hn --lab-rates --of 64')).toMatchObject({ options: { of: 64 } });
  });

  it.each<[string, Record<string, string>, string, Partial<AuditOptions>]>([
    ['a.vn', {}, 'concurrency: 7', { concurrency: 7 }],
    ['a.vn', { IPV6GOV_CONCURRENCY: '8' }, 'concurrency: 7', { concurrency: 8 }],
    ['--concurrency 9', { IPV6GOV_CONCURRENCY: '8' }, 'concurrency: 7', { concurrency: 9 }],
    ['a.vn', { IPV6GOV_CONCURRENCY: '' }, 'concurrency: 7', { concurrency: 7 }],
    ['-l x', { IPV6GOV_LIST: 'y' }, 'list: [z]', { lists: ['x'] }],
    ['a.vn', { IPV6GOV_LIST: 'y,vn' }, 'list: [z]', { lists: ['y', 'vn'] }],
    ['a.vn', {}, 'list: z', { lists: ['z'] }],
    ['a.vn', { IPV6GOV_KEEP_BODIES: 'no' }, 'keep-bodies: true', { keepBodies: false }],
    ['a.vn', { IPV6GOV_KEEP_BODIES: 'TRUE' }, '', { keepBodies: true }],
    ['a.vn', {}, 'no-color: true\nquiet: true', { colour: false, quiet: true }],
    ['a.vn', {}, 'only: [web-tls, "web-connect,mail-role"]', { only: ['web-tls', 'web-connect', 'mail-role'] }],
    ['--resolver 192.0.2.1', {}, 'root-hints: hints', { resolvers: ['192.0.2.1'], rootHints: null }],
    ['--root-hints mine', { IPV6GOV_RESOLVER: '192.0.2.1' }, '', { resolvers: [], rootHints: 'mine' }],
    ['a.vn', { IPV6GOV_RESOLVER: '192.0.2.1' }, 'root-hints: hints', { resolvers: ['192.0.2.1'], rootHints: null }],
    ['a.vn', { HOME: '/x' }, 'timeout: 90', { timeoutMs: 90_000 }],
  ])('%s, %j, %s', (line, env, file, expected) => {
    expect(audit(line, sources(env, file))).toMatchObject(expected);
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['a.vn', { IPV6GOV_FAIL_NO: 'fail' }, '', 'Did you mean IPV6GOV_FAIL_ON?'],
    ['a.vn', { IPV6GOV_RESUME: 'x' }, '', 'IPV6GOV_RESUME'],
    ['a.vn', { IPV6GOV_KEEP_BODIES: 'perhaps' }, '', 'IPV6GOV_KEEP_BODIES: perhaps is not true or false'],
    ['a.vn', { IPV6GOV_FAIL_ON: 'sometimes' }, '', 'IPV6GOV_FAIL_ON: sometimes'],
    ['a.vn', {}, '\n\nfail-on: sometimes', 'ipv6gov.yaml, line 3, fail-on: sometimes'],
    ['--fail-on sometimes', {}, 'fail-on: warn', '--fail-on: sometimes'],
    ['a.vn', {}, 'resolver: 192.0.2.1\nroot-hints: x', '--resolver and --root-hints'],
  ])('%s, %j, %s is refused with its place', (line, env, file, words) => {
    expect(refused(() => audit(line, sources(env, file)))).toContain(words);
  });
});

describe('language', () => {
  it.each<[string[], Record<string, string>, 'vi' | 'en']>([
    [[], {}, 'en'],
    [[], { LANG: 'vi_VN.UTF-8' }, 'vi'],
    [[], { LANG: 'vi' }, 'vi'],
    [[], { LANG: 'vie' }, 'en'],
    [[], { LANG: 'vi_VN', LC_ALL: 'C' }, 'en'],
    [[], { LANG: 'C', LC_ALL: 'vi_VN.UTF-8' }, 'vi'],
    [['--lang', 'en'], { LANG: 'vi_VN' }, 'en'],
    [['--lang=vi'], {}, 'vi'],
    [[], { LANG: 'C', IPV6GOV_LANG: 'vi' }, 'vi'],
    [['--lang', 'en'], { IPV6GOV_LANG: 'vi' }, 'en'],
    [['--lang', 'fr'], {}, 'en'],
  ])('%j %j: %s', (argv, env, expected) => {
    expect(chooseLanguage(argv, env)).toBe(expected);
  });
});

describe('L2 the opt-out file', () => {
  const optOut = parseOptOut('# không đo\nmau.gov.vn\n192.0.2.0/24\n2001:db8:1::/48 # một mạng\n198.51.100.7\n', 'opt-out.txt');

  it.each([
    ['192.0.2.255', true],
    ['192.0.3.0', false],
    ['198.51.100.7', true],
    ['198.51.100.8', false],
    ['2001:db8:1:ffff::1', true],
    ['2001:db8:2::1', false],
  ])('address %s: %s', (address, expected) => {
    expect(optOut.address(address)).toBe(expected);
  });

  it.each([
    ['mau.gov.vn', true],
    ['www.mau.gov.vn', true],
    ['dvc.mau.gov.vn', true],
    ['xmau.gov.vn', false],
    ['gov.vn', false],
  ])('name %s: %s', (name, expected) => {
    expect(optOut.name(name)).toBe(expected);
  });

  it.each(['192.0.2.0/33', '2001:db8::/129', '192.0.2.0/', '*.gov.vn', 'not a name'])(
    'a line that is none of them is refused: %s',
    (line) => {
      expect(() => parseOptOut(`\n${line}\n`, 'opt-out.txt')).toThrow(CliError);
    },
  );
});

it('P1 the resume line gives again what the manifest does not hold', () => {
  const options = audit("--run-dir my-runs --opt-out o'ut.txt --ca ca.pem --lab-rates a.gov.vn");
  expect(resumeCommand({ id: 'x' }, options)).toBe(
    `ipv6gov audit --resume x --run-dir my-runs --opt-out 'o'\\''ut.txt' --ca ca.pem --lab-rates`,
  );
});
