import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { type AgencyChange, comparisonSchema } from '../../src/model/comparison.ts';
import { trendSchema } from '../../src/model/trend.ts';
import { fakeIo } from '../support/cli-io.ts';
import { elementsOf, readHtml, textOf } from '../support/html-document.ts';
import { nightId, sevenNights, writeNight } from '../support/nights.ts';

/** Seven nights on disk: `sevenNights` says what happens in them. */
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nights-'));
  for (const night of sevenNights()) await writeNight(dir, night);
});
afterAll(async () => {
  await rm(dir, { recursive: true });
});

async function run(...argv: string[]): Promise<string> {
  const { io, seen } = fakeIo();
  const code = await main([...argv, '--run-dir', dir], io);
  expect([code, seen.err]).toEqual([0, '']);
  return seen.out;
}

const changeOf = ({ change, regression, renamed, findings }: AgencyChange) => ({
  change,
  regression,
  renamed,
  findings: findings.map((found) => `${found.check} ${found.change}`),
});

describe('V7 diff of two nights, from their folders to what people and programs read', () => {
  test.each<[string, number, number, string, Partial<ReturnType<typeof changeOf>>, string[], string[]]>([
    [
      'a regression',
      5,
      6,
      'byt',
      { change: 'worsened', regression: true, findings: ['web-connect worsened'] },
      ['Worse (1)', 'byt.gov.vn [regression]', 'conformity PASS → FAIL', '1 agency has a regression.'],
      ['Kém đi (1)', 'byt.gov.vn [thụt lùi]', 'mức tuân thủ ĐẠT → KHÔNG ĐẠT', '1 cơ quan thụt lùi.'],
    ],
    [
      'a repair',
      2,
      3,
      'bca',
      { change: 'improved', regression: false, findings: ['web-connect improved'] },
      ['Better (2)', 'conformity FAIL → PASS'],
      ['Tốt lên (2)', 'mức tuân thủ KHÔNG ĐẠT → ĐẠT'],
    ],
    [
      'a flap',
      1,
      2,
      'bgd',
      { change: 'flapping', regression: false, findings: ['web-connect flapping'] },
      ['Flapping (1)', 'flapping: web-connect bgd.gov.vn: pass → warning'],
      ['Chập chờn (1)', 'chập chờn: web-connect bgd.gov.vn: đạt → cảnh báo'],
    ],
    [
      'a renamed agency',
      3,
      5,
      'moi',
      { change: 'renamed', regression: false, renamed: 'id', findings: [] },
      ['Renamed (1)', 'same domain under another id: cu, now moi'],
      ['Đổi tên (1)', 'cùng tên miền, mã khác: trước là cu, nay là moi'],
    ],
    ['a new agency', 5, 6, 'sau', { change: 'new', regression: false }, ['New on the list (1)'], ['Mới có trong danh sách (1)']],
    ['an agency gone', 5, 6, 'truoc', { change: 'gone', regression: false }, ['Gone from the list (1)'], ['Không còn trong danh sách (1)']],
  ])('%s', async (_, before, after, id, expected, inEnglish, inVietnamese) => {
    const nights = ['diff', nightId(before), nightId(after)];
    const { agencies } = comparisonSchema.parse(JSON.parse(await run(...nights, '-f', 'json')));
    const found = agencies.find((agency) => agency.id === id);
    expect(found === undefined ? null : changeOf(found)).toMatchObject(expected);
    const texts = { en: await run(...nights, '--lang', 'en'), vi: await run(...nights, '--lang', 'vi') };
    for (const line of inEnglish) expect(texts.en).toContain(line);
    for (const line of inVietnamese) expect(texts.vi).toContain(line);
  });

  test.each([
    [3, 4, 'ipv6-lost-after', 'In the later run this side had no proven IPv6', 'Ở lần đo sau, phía máy đo chưa chứng minh được IPv6'],
    [4, 5, 'ipv6-lost-before', 'In the earlier run this side had no proven IPv6', 'Ở lần đo trước, phía máy đo chưa chứng minh được IPv6'],
  ])('a lost vantage, nights %i and %i: said, and nobody is worse or better', async (before, after, difference, en, vi) => {
    const nights = ['diff', nightId(before), nightId(after)];
    const { differences, agencies, summary } = comparisonSchema.parse(JSON.parse(await run(...nights, '-f', 'json')));
    expect(differences).toEqual([difference]);
    expect(agencies.filter(({ change }) => change !== 'renamed')).toEqual([]);
    expect([summary.regressions, summary.lostCoverage + summary.gainedCoverage > 10]).toEqual([0, true]);
    for (const [lang, sentence] of [
      ['en', en],
      ['vi', vi],
    ] as const) {
      const text = (await run(...nights, '--lang', lang)).replaceAll(/\s+/g, ' ');
      expect(text).toContain(sentence);
      expect(text).not.toMatch(/FAIL|KHÔNG ĐẠT|\[regression\]|\[thụt lùi\]/);
    }
  });
});

describe('V7 trend over the nights, from their folders to what people and programs read', () => {
  const gap = { en: 'gap: no IPv6 at our side', vi: 'trống: phía máy đo không có IPv6' };
  const said = {
    en: ['bxd.gov.vn: 5 changes', 'byt.gov.vn: PASS → FAIL since 2026-11-06, seen in 2 runs', 'bca.gov.vn: FAIL → PASS since 2026-11-03'],
    vi: [
      'bxd.gov.vn: 5 lần đổi',
      'byt.gov.vn: ĐẠT → KHÔNG ĐẠT từ 2026-11-06, đã thấy trong 2 lần đo',
      'bca.gov.vn: KHÔNG ĐẠT → ĐẠT từ 2026-11-03',
    ],
  };

  test.each(['en', 'vi'] as const)('table in %s', async (language) => {
    const text = await run('trend', '--lang', language);
    for (const line of [`2026-11-04  ${gap[language]}`, '2026-11-05  6/7', ...said[language]]) expect(text).toContain(line);
  });

  test('JSON and CSV have the same figures, and no figure for the night without a vantage', async () => {
    const { points, agencies } = trendSchema.parse(JSON.parse(await run('trend', '-f', 'json')));
    expect(points.map((point) => (point.gap === null ? point.denominators.present51.conforming : point.gap))).toEqual([
      6,
      5,
      7,
      'no-ipv6',
      6,
      6,
      5,
    ]);
    const rows: Record<string, string>[] = parse(await run('trend', '-f', 'csv'), { columns: true });
    const shares = points.map(({ run: id }) => {
      const own = rows.filter((row) => row.run === id);
      return own.find((row) => row.kind === 'share')?.conforming ?? own.map((row) => row.gap).join();
    });
    expect(shares).toEqual(['6', '5', '7', 'no-ipv6', '6', '6', '5']);
    expect(agencies.find(({ id }) => id === 'moi')).toMatchObject({ domain: 'cu.gov.vn', formerly: ['cu'] });
    expect(agencies.flatMap(({ id, flapping }) => (flapping ? [id] : []))).toEqual(['bxd']);
  });

  test.each(['en', 'vi'] as const)(
    'page in %s: well-formed, a row a night, the line has a hole where the vantage was lost',
    async (language) => {
      const file = join(dir, `trend-${language}.html`);
      const { io, seen } = fakeIo();
      expect(await main(['trend', '--run-dir', dir, '-o', file, '--lang', language], io)).toBe(0);
      expect(seen.err).toContain(file);
      const page = readHtml(await readFile(file, 'utf8'));
      const [first] = elementsOf(page, 'tbody');
      const rows =
        first === undefined
          ? []
          : elementsOf(first, 'tr').map((row) => row.children.map((cell) => (typeof cell === 'string' ? cell : textOf(cell))));
      expect(rows.map(([day, share]) => [day, share])).toEqual([
        ['2026-11-01', '6/7'],
        ['2026-11-02', '5/7'],
        ['2026-11-03', '7/7'],
        ['2026-11-04', gap[language]],
        ['2026-11-05', '6/7'],
        ['2026-11-06', '6/7'],
        ['2026-11-07', '5/7'],
      ]);
      const line = elementsOf(page, 'path').find(({ attributes }) => attributes.class === 'line');
      expect(line?.attributes.d?.match(/M/g)).toHaveLength(2);
    },
  );
});
