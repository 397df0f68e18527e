import { expect, test } from 'vitest';
import { statuses } from '../../../src/model/finding.ts';
import { reportSchema } from '../../../src/model/report.ts';
import { hostileReport, largeReport, smallReport } from '../../support/sample-reports.ts';

test.each([
  ['small', smallReport],
  ['hostile', hostileReport],
  ['large', largeReport(150)],
])('the %s sample keeps the schema and shows every status', (_, report) => {
  expect(reportSchema.parse(report)).toEqual(report);
  const shown = new Set(report.agencies.flatMap(({ findings }) => findings.map(({ status }) => status)));
  expect([...shown].sort()).toEqual(expect.arrayContaining(statuses.filter((status) => status !== 'skipped').sort()));
});
