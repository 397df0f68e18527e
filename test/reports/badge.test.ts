import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/model/report.ts';
import { renderBadge } from '../../src/reports/badge.ts';
import { reportAgency, reportOf } from '../support/report.ts';
import { readXml } from '../support/xml-reader.ts';

const agencyOf = (verdict: Verdict, index: number) => {
  const agency = reportAgency({
    id: `a${index}`,
    domain: `a${index}.gov.vn`,
    counted: verdict === 'not-counted' ? 'not-counted' : 'other',
  });
  return { ...agency, conformity: { ...agency.conformity, verdict } };
};

function read(verdicts: readonly Verdict[], language: 'vi' | 'en' = 'en') {
  const parts = readXml(renderBadge(reportOf(verdicts.map(agencyOf)), { language }));
  const text = (tag: string) => parts.filter((part) => part.tag === tag).map((part) => part.text);
  const colour = parts.findLast(({ tag }) => tag === 'rect')?.attributes.fill;
  return { title: text('title')[0], value: text('text')[1], colour, root: parts[0]?.attributes };
}

describe('the badge of several agencies', () => {
  test.each<[readonly Verdict[], string, string]>([
    [[], '0 of 0 agencies conform', '#6e5600'],
    [['pass', 'pass'], '2 of 2 agencies conform', '#1a7f37'],
    [['pass', 'not-counted'], '1 of 1 agency conforms', '#1a7f37'],
    [['pass', 'inconclusive'], '1 of 2 agencies conforms', '#6e5600'],
    [['pass', 'inconclusive', 'fail'], '1 of 3 agencies conforms', '#b42318'],
  ])('%j: %s', (verdicts, value, colour) => {
    expect(read(verdicts)).toMatchObject({ value, colour });
  });

  test('names the criteria as the tool’s own and all counts in its title', () => {
    expect(read(['pass', 'inconclusive', 'fail'], 'vi').title).toBe(
      '1/3 cơ quan trong danh sách này đạt theo bộ tiêu chí ipv6-for-gov/1 của công cụ, 1 không đạt, 1 chưa đo được',
    );
  });
});

test('an unknown level is said as what is proven', () => {
  const agency = reportAgency();
  const unknown = { ...agency, readiness: { ...agency.readiness, level: null, atLeast: 2, verdict: 'inconclusive' as const } };
  expect(renderBadge(reportOf([unknown]), { language: 'en' })).toContain('>PASS · readiness at least 2 of 5</text>');
});

test('the picture has a role and an accessible name', () => {
  const { root, title } = read(['pass']);
  expect(root).toMatchObject({ role: 'img', 'aria-labelledby': 'title' });
  expect(title).toContain('Sample Province: conformity 2021-2025 by the tool’s criteria ipv6-for-gov/1: PASS');
});

test.each(['#1a7f37', '#b42318', '#6e5600', '#57606a', '#24292f'])('white on %s has a contrast of at least 4.5', (colour) => {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  expect(1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)).toBeGreaterThanOrEqual(4.5);
});
