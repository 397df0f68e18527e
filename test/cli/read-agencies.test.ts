import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CliError } from '../../src/cli/cli-error.ts';
import { type AgencyInput, readAgencies } from '../../src/cli/read-agencies.ts';
import { readSpool } from '../../src/cli/spool.ts';
import { catalogueOf } from '../../src/i18n/language.ts';
import type { Agency } from '../../src/model/agency.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { bytesOf } from '../support/cli-io.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lists-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

const base: AgencyInput = {
  domains: [],
  lists: [],
  skipInvalid: false,
  allowedSuffixes: [],
  optedOut: () => false,
  limits: defaultSettings.input,
  stdin: bytesOf(''),
};

async function read(part: Partial<AgencyInput>) {
  const list = await readAgencies({ ...base, ...part });
  const agencies: Agency[] = [];
  for await (const agency of readSpool(list.spool)) agencies.push(agency);
  await list.discard();
  return { list, agencies };
}

const readStdin = (text: string | Uint8Array, part: Partial<AgencyInput> = {}) => read({ lists: ['-'], stdin: bytesOf(text, 7), ...part });

async function refusal(promise: Promise<unknown>): Promise<{ code: string; text: string; details: string[] }> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CliError)) throw new Error('was not refused');
  expect(error.exitCode).toBe(2);
  const said = error.say(catalogueOf('en'));
  return { code: error.code, text: said.what, details: error.details(catalogueOf('en')) };
}

describe('a plain domain', () => {
  it('is portal and mail domain of an agency of that name', async () => {
    const { agencies } = await read({ domains: ['MIC.gov.vn'] });
    expect(agencies).toEqual([
      {
        id: 'mic.gov.vn',
        name: { vi: 'mic.gov.vn', en: 'mic.gov.vn' },
        category: 'other',
        domain: 'mic.gov.vn',
        servicesDomain: null,
        servicesStatus: 'active',
        mailDomain: 'mic.gov.vn',
        hosts: [],
        input: { file: 'arguments', line: 1 },
        extra: {},
      },
    ]);
  });

  it('A2 NFC and NFD give one agency', async () => {
    const { list, agencies } = await read({ domains: ['tỉnh.vn'.normalize('NFC'), 'tỉnh.vn'.normalize('NFD')] });
    expect(agencies.map(({ name }) => name.vi)).toEqual(['tỉnh.vn'.normalize('NFC')]);
    expect(list.duplicates).toBe(1);
  });
});

describe('text lists', () => {
  it('hold a domain a line, comments and blank lines, CRLF and a byte order mark', async () => {
    const { agencies } = await readStdin('\uFEFF# danh sách\r\n\r\na.gov.vn\r\nb.gov.vn # ghi chú\r\n');
    expect(agencies.map(({ domain, input }) => [domain, input.line])).toEqual([
      ['a.gov.vn', 3],
      ['b.gov.vn', 4],
    ]);
  });

  it('A1 an invalid line ends it with its place, cause and hint, and leaves nothing behind', async () => {
    vi.stubEnv('TMPDIR', dir);
    const { code, text, details } = await refusal(readStdin('a.gov.vn\nhttps://b.gov.vn/x\n127.1\n'));
    expect(code).toBe('input-invalid');
    expect(text).toContain('2 entries');
    expect(details).toHaveLength(2);
    expect(details[0]).toContain('stdin, line 2, domain: https://b.gov.vn/x [url]');
    expect(details[1]).toContain('line 3');
    expect(tmpdir()).toBe(dir);
    expect(await readdir(dir)).toEqual([]);
  });

  it('lists at most 20 refused lines and counts the others', async () => {
    const { details } = await refusal(readStdin('127.1\n'.repeat(23)));
    expect(details).toHaveLength(21);
    expect(details[20]).toContain('3');
  });

  it('goes on with --skip-invalid', async () => {
    const { list, agencies } = await readStdin('127.1\na.gov.vn\n', { skipInvalid: true });
    expect(agencies.map(({ domain }) => domain)).toEqual(['a.gov.vn']);
    expect(list.invalid).toBe(1);
  });

  it.each(['', '# nothing\n\n', '127.1\n'])('without any agency is refused: %j', async (text) => {
    expect((await refusal(readStdin(text, { skipInvalid: true }))).code).toBe('no-agencies');
  });
});

const header = 'id,name_vi,name_en,category,domain,services_domain,services_status,mail_domain,source,note\n';

describe('CSV lists', () => {
  it('keep every column, quoted line feeds included', async () => {
    const { agencies } = await readStdin(
      `\uFEFF${header}mau,Tỉnh Mẫu,Sample Province,province,mau.gov.vn,dvc.mau.gov.vn,retired,,domain=sourced,"two\nlines"\nb,,,,b.gov.vn,,,mail.b.gov.vn,,\n`,
    );
    expect(agencies[0]).toMatchObject({
      id: 'mau',
      name: { vi: 'Tỉnh Mẫu', en: 'Sample Province' },
      category: 'province',
      servicesDomain: 'dvc.mau.gov.vn',
      servicesStatus: 'retired',
      mailDomain: null,
      extra: { source: 'domain=sourced', note: 'two\nlines' },
    });
    expect(agencies[1]).toMatchObject({
      id: 'b',
      category: 'other',
      servicesStatus: 'active',
      mailDomain: 'mail.b.gov.vn',
      input: { line: 4 },
    });
  });

  it('without a column for mail use the domain', async () => {
    const { agencies } = await readStdin('domain\na.gov.vn\n');
    // One column and no comma is a text list whose first line is no name.
    expect(agencies).toEqual([expect.objectContaining({ domain: 'a.gov.vn', mailDomain: 'a.gov.vn' })]);
  });

  it.each([
    ['id,domain\nx,mic.gov.vn\nx,other.gov.vn\n', 1],
    ['id,domain\nx,mic.gov.vn\ny,mic.gov.vn\n', 1],
    ['id,domain\nx,mic.gov.vn\ny,other.gov.vn\n', 0],
  ])('count repeats, the first wins: %j', async (text, duplicates) => {
    const { list, agencies } = await readStdin(text);
    expect(list.duplicates).toBe(duplicates);
    expect(agencies[0]?.domain).toBe('mic.gov.vn');
  });

  it.each([
    ['id,domain\nx y,mic.gov.vn\n', 'bad-id'],
    ['category,domain\nkingdom,mic.gov.vn\n', 'bad-category'],
    ['services_status,domain\nclosed,mic.gov.vn\n', 'bad-services-status'],
    ['id,domain\nx,\n', 'no-domain'],
    ['id,domain\nx,mic.gov.vn,surplus\n', 'column-count'],
    ['domain,mail_domain\nmic.gov.vn,a@b.vn\n', 'user-info'],
    ['domain,services_domain\nmic.gov.vn,localhost\n', 'single-label'],
    [`domain,name_vi\nmic.gov.vn,${'x'.repeat(301)}\n`, 'bad-text'],
  ])('refuse %j: %s', async (text, problem) => {
    const { details } = await refusal(readStdin(text));
    expect(details.join()).toContain(`[${problem}]`);
    expect(details.join()).toContain('line 2');
  });

  it.each([
    ['id,domain,id\nx,mic.gov.vn,y\n', 'bad-column'],
    ['domain,__proto__\nmic.gov.vn,y\n', 'bad-column'],
    ['id,domain\n"x,mic.gov.vn\n', 'csv-syntax'],
  ])('P14 cannot be read: %j', async (text, problem) => {
    const { code, text: said } = await refusal(readStdin(text));
    expect(code).toBe('list-unreadable');
    expect(said).toContain(`[${problem}]`);
  });

  it('a CSV file without a column domain is refused', async () => {
    const path = join(dir, 'list.csv');
    await writeFile(path, 'name,host\na,b.gov.vn\n');
    expect((await refusal(read({ lists: [path] }))).text).toContain('[no-domain-column]');
  });
});

describe('NDJSON lists', () => {
  it('take an object a line', async () => {
    const { agencies } = await readStdin(
      '{"domain":"a.gov.vn","name":"A","hosts":["x.a.gov.vn","x.a.gov.vn"]}\n\n{"domain":"b.gov.vn","mail_domain":null}\n',
    );
    expect(agencies[0]).toMatchObject({ domain: 'a.gov.vn', name: { vi: 'A', en: 'A' }, hosts: ['x.a.gov.vn'], mailDomain: 'a.gov.vn' });
    expect(agencies[1]).toMatchObject({ domain: 'b.gov.vn', mailDomain: null });
  });

  it.each([
    ['{"domain":"a.gov.vn"', 'not-json'],
    ['[1]', 'not-json'],
    ['{"domain":5}', 'wrong-type'],
    ['{"domain":"a.gov.vn","hosts":[1]}', 'wrong-type'],
    ['{"domain":"a.gov.vn","colour":"red"}', 'unknown-field'],
    ['{"domain":"a.gov.vn","__proto__":"x"}', 'unknown-field'],
  ])('P14 refuse %s: %s', async (line, problem) => {
    const path = join(dir, 'list.ndjson');
    await writeFile(path, `${line}\n`);
    expect((await refusal(read({ lists: [path] }))).details.join()).toContain(`[${problem}]`);
  });
});

describe('P14 files that are no list', () => {
  it.each<[string, Uint8Array, string]>([
    ['UTF-16', Buffer.from('\uFEFFa.gov.vn\n', 'utf16le'), 'utf-16'],
    ['a spreadsheet', Buffer.from('PK\u0003\u0004rest'), 'spreadsheet'],
    ['NUL', Buffer.from('a.gov.vn\nb\u0000.vn\n'), 'nul'],
    ['Latin-1', Buffer.from([0x61, 0xe0, 0x2e, 0x76, 0x6e, 0x0a]), 'not-utf-8'],
    ['a line without end', Buffer.alloc(defaultSettings.input.maxLineBytes + 1, 'a'), 'line-too-long'],
  ])('%s', async (_, bytes, problem) => {
    const { code, text } = await refusal(read({ lists: ['-'], stdin: bytesOf(bytes) }));
    expect(code).toBe('list-unreadable');
    expect(text).toContain(`[${problem}]`);
  });

  it('a spreadsheet by its name', async () => {
    const path = join(dir, 'list.xlsx');
    await writeFile(path, 'anything');
    expect((await refusal(read({ lists: [path] }))).text).toContain('[spreadsheet]');
  });

  it('a gigabyte without a line feed is given up early', async () => {
    let given = 0;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (; given < 16_384; given += 1) yield Buffer.alloc(65_536, 'a');
    };
    expect((await refusal(read({ lists: ['-'], stdin: endless() }))).text).toContain('[line-too-long]');
    expect(given).toBeLessThan(4);
  });

  it('a line of exactly the limit is read', async () => {
    const { agencies } = await readStdin(`a.gov.vn #${'x'.repeat(defaultSettings.input.maxLineBytes - 10)}\n`);
    expect(agencies).toHaveLength(1);
  });

  it('a file that is not there', async () => {
    expect((await refusal(read({ lists: [join(dir, 'none.txt')] }))).text).toContain('there is no such file');
  });
});

describe('what of the input is taken', () => {
  it.each([
    ['mic.gov.vn', true],
    ['gov.vn', true],
    ['evilgov.vn', false],
  ])('A8 --allow-suffix gov.vn, %s: %s', async (domain, taken) => {
    const reading = read({ domains: [domain], allowedSuffixes: ['gov.vn'] });
    if (taken) expect((await reading).agencies).toHaveLength(1);
    else expect((await refusal(reading)).details.join()).toContain('[suffix-not-allowed]');
  });

  it('L2 agencies in the opt-out file are kept, to be reported as such, and counted', async () => {
    const { list, agencies } = await read({ domains: ['a.gov.vn', 'b.gov.vn'], optedOut: ({ domain }) => domain === 'a.gov.vn' });
    expect(agencies.map(({ domain }) => domain)).toEqual(['a.gov.vn', 'b.gov.vn']);
    expect(list.optedOut).toBe(1);
  });

  it('P3 the fingerprint follows the content, not the place', async () => {
    const path = join(dir, 'list.txt');
    await writeFile(path, '# first\na.gov.vn\n');
    const one = await read({ lists: [path] });
    const same = await read({ domains: ['A.gov.vn.'] });
    const other = await read({ domains: ['b.gov.vn'] });
    expect(same.list.fingerprint).toBe(one.list.fingerprint);
    expect(other.list.fingerprint).not.toBe(one.list.fingerprint);
  });

  it('the shipped list is valid as it is', async () => {
    const { list, agencies } = await read({ lists: ['vn'] });
    expect(list.invalid).toBe(0);
    expect(list.agencies + list.duplicates).toBe(109);
    expect(agencies.filter(({ category }) => ['ministry', 'ministerial-level', 'province', 'city'].includes(category))).toHaveLength(51);
    expect(agencies.find(({ id }) => id === 'mod')).toMatchObject({ mailDomain: null, servicesStatus: 'retired' });
  });
});
