import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { hostileReport, hostileStrings, largeReport, smallReport } from '../support/format-reports.ts';
import { renderers } from '../support/render-formats.ts';

/** Needs libxml2's `xmllint` (package libxml2-utils). A missing program is a failure: a check that is skipped tells nothing. */
describe('S5 xmllint accepts', () => {
  const reports = [smallReport(), largeReport(40), ...hostileStrings.map(hostileReport)];
  test.each(['junit/suites', 'badge/badge'] as const)('%s', (name) => {
    for (const report of reports) {
      for (const language of ['vi', 'en'] as const) {
        const { status, stderr, error } = spawnSync('xmllint', ['--noout', '--nonet', '-'], {
          input: renderers[name](report, language),
          encoding: 'utf8',
        });
        expect({ status, stderr, error }).toEqual({ status: 0, stderr: '', error: undefined });
      }
    }
  });
});
