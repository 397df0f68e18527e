import { describe, expect, test } from 'vitest';
import type { ReportFinding } from '../../src/model/report.ts';
import { renderJunit } from '../../src/reports/junit.ts';
import { largeReport } from '../support/format-reports.ts';
import { reportAgency, reportFinding, reportOf, unmeasuredFinding } from '../support/report.ts';
import { readXml } from '../support/xml-reader.ts';

const ignored = { reason: 'known', until: '2027-01-01' };
const fix = { vi: 'Sửa.', en: 'Mend it.' };

/** Tags inside the only case, with attributes and texts. */
function inside(finding: ReportFinding): [string, Record<string, string>, string][] {
  const parts = readXml(renderJunit(reportOf([reportAgency({ findings: [finding] })]), { language: 'en' }));
  const start = parts.findIndex(({ tag }) => tag === 'testcase');
  const end = parts.findIndex(({ tag }) => tag === '/testcase');
  return parts.slice(start + 1, end).flatMap(({ tag, attributes, text }) => (tag.startsWith('/') ? [] : [[tag, attributes, text]]));
}

describe('what a finding is in JUnit', () => {
  const sentence = 'Sample sentence about the outcome.';
  test.each<[string, ReportFinding, ReturnType<typeof inside>]>([
    ['pass', reportFinding(), []],
    [
      'fail',
      reportFinding({ status: 'fail', message: 'refused', cause: 'refused', fix }),
      [['failure', { message: sentence, type: 'refused' }, `fail: ${sentence}\nCause: connection refused.\nTo do: Mend it.`]],
    ],
    ['warn', reportFinding({ status: 'warn' }), [['system-out', {}, `warning: ${sentence}`]]],
    ['info', reportFinding({ status: 'info' }), [['system-out', {}, `note: ${sentence}`]]],
    [
      'inconclusive',
      unmeasuredFinding('web-connect', 'vantage-no-ipv6', { fix }),
      [
        [
          'error',
          { message: 'Not measured: sample cause.', type: 'vantage-no-ipv6' },
          'web-connect: Not measured: sample cause.\nTo do: Mend it.',
        ],
      ],
    ],
    [
      'not-applicable',
      reportFinding({ status: 'not-applicable' }),
      [
        ['skipped', {}, ''],
        ['system-out', {}, `not applicable: ${sentence}`],
      ],
    ],
    [
      'skipped',
      reportFinding({ status: 'skipped' }),
      [
        ['skipped', {}, ''],
        ['system-out', {}, `switched off: ${sentence}`],
      ],
    ],
    [
      'an ignored fail',
      reportFinding({ status: 'fail', ignored }),
      [
        ['skipped', {}, ''],
        ['system-out', {}, `Ignored until 2027-01-01: known\nfail: ${sentence}`],
      ],
    ],
  ])('%s', (_, finding, expected) => {
    expect(inside(finding).map(([tag, attributes, text]) => [tag, attributes, text.trim()])).toEqual(expected);
  });

  test('S5 every end of a CDATA section in a text is parted, not only the first', () => {
    const text = { vi: ']]>]]>', en: ']]><a/>]]><b/>' };
    expect(inside(reportFinding({ status: 'info', text }))).toEqual([['system-out', {}, 'note: ]] ><a/>]] ><b/>']]);
  });
});

test('names of cases do not depend on the language', () => {
  const names = (['vi', 'en'] as const).map((language) =>
    readXml(renderJunit(largeReport(8), { language })).flatMap(({ tag, attributes }) =>
      tag === 'testcase' ? [[attributes.classname, attributes.name]] : [],
    ),
  );
  expect(names[0]).toEqual(names[1]);
});

test('one report leaves nothing behind for the next', () => {
  renderJunit(largeReport(8), { language: 'en' });
  expect(readXml(renderJunit(reportOf([]), { language: 'en' })).map(({ tag }) => tag)).toEqual(['testsuites', '/testsuites']);
});
