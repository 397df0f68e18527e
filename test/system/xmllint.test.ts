import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { hostileReport, hostileStrings, largeReport, smallReport } from '../support/format-reports.ts';
import { renderers } from '../support/render-formats.ts';

/** Needs libxml2's `xmllint`; CI runs it with SYSTEM_TESTS=1, and then a missing program is a failure. */
const isPresent = spawnSync('xmllint', ['--version']).error === undefined;

describe.runIf(isPresent || process.env.SYSTEM_TESTS === '1')('S5 xmllint accepts', () => {
  const reports = [smallReport(), largeReport(40), ...hostileStrings.map(hostileReport)];
  test.each(['junit/suites', 'badge/badge'] as const)('%s', (name) => {
    for (const report of reports) {
      for (const language of ['vi', 'en'] as const) {
        const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '-'], {
          input: renderers[name](report, language),
          encoding: 'utf8',
        });
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      }
    }
  });
});
