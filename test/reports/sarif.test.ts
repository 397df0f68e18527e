import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import schema from '../../fixtures/schemas/sarif-2.1.0-subset.schema.json' with { type: 'json' };
import { loadChecks } from '../../src/checks/index.ts';
import { renderSarif } from '../../src/reports/sarif.ts';
import { hostileReport, hostileStrings, largeReport, smallReport } from '../support/format-reports.ts';
import { reportAgency, reportFinding, reportOf } from '../support/report.ts';
import { sarifFaults } from '../support/sarif-schema.ts';

interface Log {
  runs: [
    {
      tool: { driver: { rules: { id: string; shortDescription?: { text: string } }[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        locations: [{ physicalLocation: { artifactLocation: { uri: string }; region?: { startLine: number } } }];
        suppressions?: { justification: string }[];
      }[];
    },
  ];
}
const read = (text: string): Log => JSON.parse(text);
const validate = new Ajv({ allErrors: true }).compile(schema);

const checks = await loadChecks();
const cases = {
  small: smallReport(),
  large: largeReport(60),
  empty: reportOf([]),
  ...Object.fromEntries(hostileStrings.map((text, index) => [`hostile ${index}`, hostileReport(text)])),
};

describe.each(Object.entries(cases))('%s', (_, report) => {
  test.each(['vi', 'en'] as const)('S5 is valid SARIF 2.1.0 in %s', (language) => {
    for (const options of [{ language }, { language, checks }]) {
      const log = read(renderSarif(report, options));
      validate(log);
      expect(validate.errors ?? []).toEqual([]);
      expect(sarifFaults(log)).toEqual([]);
      const { rules } = log.runs[0].tool.driver;
      expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
      for (const { ruleId, ruleIndex } of log.runs[0].results) expect(rules[ruleIndex]?.id).toBe(ruleId);
    }
  });
});

test.each<[string, (run: Record<string, unknown>) => void]>([
  ['a result without a message', (run) => Object.assign(run, { results: [{ ruleId: 'x' }] })],
  ['a level that there is not', (run) => Object.assign(run, { results: [{ message: { text: 'x' }, level: 'fatal' }] })],
  ['a property of no standard', (run) => Object.assign(run, { verdict: 'fail' })],
  [
    'a line 0',
    (run) => Object.assign(run, { results: [{ message: { text: '' }, locations: [{ physicalLocation: { region: { startLine: 0 } } }] }] }),
  ],
  ['a time that is none', (run) => Object.assign(run, { invocations: [{ executionSuccessful: true, startTimeUtc: 'today' }] })],
])('the OASIS schema refuses %s', (_, spoil) => {
  const log: { runs: Record<string, unknown>[] } = JSON.parse(renderSarif(smallReport(), { language: 'en' }));
  expect(sarifFaults(log)).toEqual([]);
  for (const run of log.runs) spoil(run);
  expect(sarifFaults(log)).not.toEqual([]);
});

test('every check is a rule with its title in the language asked for', () => {
  const rules = read(renderSarif(reportOf([]), { language: 'vi', checks })).runs[0].tool.driver.rules;
  expect(rules.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
  expect(rules[0]?.shortDescription?.text).toBe(checks[0]?.title.vi);
});

test('a result stands at the line of the input list; text and fix are its message', () => {
  const [first] = read(renderSarif(smallReport(), { language: 'en' })).runs[0].results;
  expect(first).toMatchObject({
    ruleId: 'web-connect',
    level: 'error',
    message: {
      text: 'Sample Ministry, www.bo-mau.gov.vn: Address 2001:db8::25 refused the connection. Operator of the web server: open port 443 over IPv6.',
    },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'lists/agencies.csv' }, region: { startLine: 3 } } }],
  });
});

test.each([
  ['list.csv', 'list.csv'],
  ['-', '-'],
  ['', 'input'],
  ['danh sách.csv', 'danh%20s%C3%A1ch.csv'],
  ['c:\\lists\\a.csv', 'c%3A/lists/a.csv'],
  ['//evil.example/a', '/evil.example/a'],
  ['javascript:alert(1)', 'javascript%3Aalert(1)'],
  ['a?b#c', 'a%3Fb%23c'],
])('S2 the input %j has the address %j', (file, uri) => {
  const agency = reportAgency({ input: { file, line: 0 }, findings: [reportFinding({ status: 'warn' })] });
  const [result] = read(renderSarif(reportOf([agency]), { language: 'en' })).runs[0].results;
  expect(result?.locations[0].physicalLocation).toEqual({ artifactLocation: { uri } });
});

test('an ignored finding is suppressed, with its reason', () => {
  const finding = reportFinding({ status: 'fail', ignored: { reason: 'contract ends', until: '2027-01-01' } });
  const [result] = read(renderSarif(reportOf([reportAgency({ findings: [finding] })]), { language: 'en' })).runs[0].results;
  expect(result?.suppressions).toEqual([{ kind: 'external', status: 'accepted', justification: 'contract ends (2027-01-01)' }]);
});

test('S2 neither a link nor a placeholder arises in a message', () => {
  const text = { vi: '[a](http://x) {0}', en: '[a](http://x) {0}' };
  const [result] = read(renderSarif(reportOf([reportAgency({ findings: [reportFinding({ status: 'fail', text })] })]), { language: 'en' }))
    .runs[0].results;
  expect(result?.message.text).toContain('[a] (http://x) {{0}}');
});
