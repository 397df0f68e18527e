import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadChecks } from '../../src/checks/index.ts';
import { type CommandName, commandNames } from '../../src/cli/command-table.ts';
import { doctorText } from '../../src/cli/doctor-command.ts';
import { main } from '../../src/cli/main.ts';
import { type Language, languages } from '../../src/i18n/catalogue.ts';
import { catalogueOf } from '../../src/i18n/language.ts';
import { recipes } from '../../src/recipes/index.ts';
import { fakeIo } from '../support/cli-io.ts';
import { foreignIn } from '../support/language-scan.ts';
import { nightManifest, sevenNights, writeNight } from '../support/nights.ts';
import { goodVantage } from '../support/report.ts';

const checks = await loadChecks();
let dir: string;

/** Files that are wrong in every way that is told, by name. */
const badFiles: Record<string, string> = {
  'none.txt': '',
  'text.txt': 'xyz abc\nuvw\n',
  'bad.json': '{"roas": 1}',
  'array.json': '[1, 2]',
  'bad.yaml': 'list: [a\n\tb: "c\n',
  'double.yaml': 'list: a\nlist: b\n',
  'unknown.yaml': 'lists: a\n',
  'number.yaml': 'list: { a: 1 }\n',
  'switch.yaml': 'skip-invalid: [maybe]\n',
  'criteria.json': '{"name": 7, "checks": {"no-such-check": 1}}',
  'criteria.yaml': 'name: x\nversion: "1"\ncomponents: 7\nunknown: true\n',
  'ns.hints': 'vn. NS a.root.\n',
  'unnamed.hints': ' NS a.root.\n',
  'type.hints': '. MX a.root.\n',
  'dot.hints': '. NS a.root\n',
  'other.hints': '. NS a.root.\nb.root. A 192.0.2.1\n',
  'bare.hints': '. NS a.root.\n',
  'v4.hints': '. NS a.root.\na.root. A 2001:db8::1\n',
  'v6.hints': '. NS a.root.\na.root. AAAA 192.0.2.1\n',
  'host.hints': '. NS a_.-root.\n',
  'owner.anchor': 'vn. DS 1 8 2 AA\n',
  'type.anchor': '. DNSKEY 1 8 2 AA\n',
  'number.anchor': '. DS x 8 2 AA\n',
  'digest.anchor': '. DS 1 8 9 AA\n',
  'length.anchor': '. DS 1 8 2 AA\n',
  'many.anchor': `. DS 1 8 2 ${'A'.repeat(64)}\n`.repeat(200),
  'heading.csv': 'URI,Prefix\nx,2001:db8::/32\n',
  'rows.csv': 'ASN,IP Prefix\nx,y\nx,z\n',
  'list.txt': 'mic.gov.vn\n127.1\na..b\nhttp://a.vn/\n-a.vn\n*.a.vn\na_b.vn\n a b\n@\nx\n',
  'list.csv': 'id,name,domain,category,services_status\n!,x,mic.gov.vn,none,maybe\n',
  'list.ndjson': '{"domain":7}\nnot json\n{"what":1}\n',
  'quotes.csv': 'id,domain\n"a,b\n',
  'columns.csv': 'id,id,x\n1,2,3\n',
  'ignore.yaml': '- { domain: "", check: nothing, reason: "", until: tomorrow }\n',
  'ignore-map.yaml': 'a: b\n',
  'ignore-expired.yaml': '- { domain: a.gov.vn, check: web-tls, reason: x, until: 2020-01-01 }\n',
  'ignore-broken.yaml': '- { domain: [a\n',
};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'language-'));
  for (const [name, text] of Object.entries(badFiles)) await writeFile(join(dir, name), text);
  const runs = join(dir, 'runs');
  for (const night of sevenNights()) await writeNight(runs, night);
  const broken: Record<string, [file: string, text: string]> = {
    torn: ['report.json', '{"schema":"ipv6gov.report/1"'],
    newer: ['report.json', '{"schema":"ipv6gov.report/2"}'],
    other: ['report.json', '{"schema":"ipv6gov.report/1","tool":7}'],
    'run-newer': ['run.json', '{"schema":"ipv6gov.run/2"}'],
    'run-other': ['run.json', '{"schema":"ipv6gov.run/1"}'],
    'run-torn': ['run.json', '{'],
  };
  for (const [name, [file, text]] of Object.entries(broken)) {
    await mkdir(join(runs, name));
    await writeFile(join(runs, name, 'run.json'), JSON.stringify({ ...nightManifest({ day: 9, agencies: [] }), id: name }));
    await writeFile(join(runs, name, file), text);
  }
  await mkdir(join(runs, 'empty'));
  await mkdir(join(runs, 'begun'));
  await writeFile(join(runs, 'begun', 'run.json'), JSON.stringify({ ...nightManifest({ day: 9, agencies: [] }), id: 'begun' }));
  await mkdir(join(runs, 'evidence'));
  await writeFile(join(runs, 'evidence', 'run.json'), JSON.stringify({ ...nightManifest({ day: 9, agencies: [] }), id: 'evidence' }));
  await writeFile(join(runs, 'evidence', 'evidence.ndjson.gz'), 'no gzip at all, but some text');
});
afterAll(async () => {
  await rm(dir, { recursive: true });
});

/** Everything that a command says, without the paths of this test. */
async function said(argv: readonly string[], language: Language): Promise<string> {
  const { io, seen } = fakeIo({ env: { LANG: 'C' } });
  await main([...argv.map((word) => word.replace('DIR', dir)), '--lang', language], io);
  return `${seen.out}\n${seen.err}`.replaceAll(dir, 'DIR');
}

function foreign(text: string, language: Language, dropped = /^$/): string[] {
  const lines = text.split(/\n(?! {2,}\S)/).map((line) => line.replaceAll(/\s+/g, ' '));
  return lines.flatMap((line) => {
    const found = dropped.test(line) ? null : foreignIn(line.replaceAll(/Cơ quan|Agency/g, ''), language);
    return found === null ? [] : [`${found} ← ${line}`];
  });
}

/** What a bad file is given as. */
function flagsOf(name: string): string[] {
  if (name.endsWith('.hints')) return ['--root-hints'];
  if (name.endsWith('.anchor')) return ['--trust-anchor'];
  if (name.startsWith('ignore')) return ['--ignore'];
  if (name.startsWith('criteria')) return ['--criteria'];
  if (name.endsWith('.yaml')) return ['-c', '--criteria'];
  if (name.endsWith('.csv') || name === 'array.json' || name === 'none.txt') return ['--vrps', '--asn-db'];
  return name === 'text.txt' ? ['--root-hints', '--vrps', '--asn-db', '--ca', '--opt-out', '--criteria', '-c'] : ['--vrps'];
}

describe.each(languages)('in %s', (language) => {
  test.each<[CommandName | '']>([[''], ...commandNames.map((name): [CommandName] => [name])])('help of %s', async (name) => {
    const text = await said([...(name === '' ? [] : [name]), '--help'], language);
    expect(text.length).toBeGreaterThan(300);
    expect(foreign(text, language)).toEqual([]);
  });

  test.each(checks.map(({ id }) => id))('explain %s', async (id) => {
    const text = await said(['explain', id], language);
    // Code, and titles of standards, are what they are.
    const code = new Set(
      (recipes[id] ?? []).flatMap(({ lines }) => lines.flatMap((line) => (typeof line === 'string' ? [line.trim()] : []))),
    );
    const prose = text.split('\n').filter((line) => !line.includes('https://') && !code.has(line.trim()));
    expect(foreign(prose.join('\n'), language)).toEqual([]);
  });

  const commands: string[][] = [
    ['explain'],
    ['explain', 'web-conect'],
    ['--colour', 'a.vn'],
    ['auditt', 'x', 'y'],
    ['judge'],
    ['judge', 'a', 'b'],
    ['a.vn', '-o'],
    ['a.vn', '-o', 'x.pdf'],
    ['a.vn', '-o', 'DIR/no/x.json'],
    ['--resume', 'x', 'a.vn'],
    ['--resume', '--run-dir', 'none'],
    ['a.vn', '--fail-on', 'sometimes'],
    ['a.vn', '--fail-on', 'regression'],
    ['a.vn', '--baseline', 'none'],
    ['a.vn', '--only', 'nothing'],
    ['a.vn', '--concurrency', 'x'],
    ['a.vn', '--timeout', '1h30'],
    ['a.vn', '--resolver', 'x'],
    ['a.vn', '--contact', 'x'],
    ['a.vn', '--helo', '-'],
    ['a.vn', '--web-control', '-'],
    ['a.vn', '--allow-suffix', '..'],
    ['a.vn', '--show', 'x'],
    ['a.vn', '--vantage', '?'],
    ['a.vn', '--criteria', 'rfc1001'],
    ['completion', 'powershell'],
    ['diff', 'a', 'b', '--run-dir', 'DIR/runs'],
    ['runs', '--run-dir', 'none'],
    ['runs', '--run-dir', 'DIR/runs'],
    ['runs', 'prune', '--run-dir', 'DIR/runs', '--keep', 'x'],
    ['trend', '--run-dir', 'DIR/runs'],
    ['trend', '--run-dir', 'none'],
    ['trend', '-o', 'x.pdf', '--run-dir', 'DIR/runs'],
    ['audit', '--print-config'],
    ...['none.txt', 'list.txt', 'list.csv', 'list.ndjson', 'quotes.csv', 'columns.csv'].map((name) => ['-l', `DIR/${name}`]),
    ...Object.keys(badFiles).flatMap((name) => flagsOf(name).map((flag) => ['a.vn', flag, `DIR/${name}`])),
    ...['torn', 'newer', 'other', 'run-newer', 'run-other', 'run-torn', 'empty', 'begun', 'evidence', '../runs', 'UPPER'].flatMap(
      (name) => [
        ['judge', `DIR/runs/${name}`],
        ['judge', name, '--run-dir', 'DIR/runs'],
        ['diff', '20261101-020000-000001', name, '--run-dir', 'DIR/runs'],
        ['trend', name, '--run-dir', 'DIR/runs'],
        ['--resume', name, '--run-dir', 'DIR/runs'],
      ],
    ),
  ];

  test.each(commands.map((argv) => [argv.join(' '), argv] as const))('%s', async (_, argv) => {
    const text = await said(argv, language);
    expect(text.trim()).not.toBe('');
    expect(foreign(text, language)).toEqual([]);
  });

  test('doctor, whatever it found', () => {
    const catalogue = catalogueOf(language);
    const states = ['proven', 'absent', 'unproven'] as const;
    for (const state of states) {
      for (const dnsPath of ['direct', 'intercepted', 'resolver-only'] as const) {
        const proof = { '4': state, '6': state };
        const vantage = { ...goodVantage, dns: proof, web: proof, smtp: proof, dnsPath, clockOffsetMs: state === 'absent' ? null : 7 };
        for (const web of [[], ['a.vn']]) {
          const manifest = { ...nightManifest({ day: 1, agencies: [] }), controls: { web, smtp: web } };
          const text = doctorText(vantage, { manifest, catalogue, good: state === 'proven' });
          expect(foreign(text, language)).toEqual([]);
        }
      }
    }
  });
});
