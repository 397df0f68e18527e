import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadChecks } from '../../src/checks/index.ts';
import { runManifestSchema } from '../../src/model/run.ts';
import { reportRun } from '../../src/runner/report-run.ts';
import type { RunFolder } from '../../src/runner/run-folder.ts';
import { ipv6ForGov1 } from '../../src/scoring/rubrics/ipv6-for-gov-1.ts';
import { loadScenarios } from '../../src/testbed/scenario.ts';
import { auditScenarios } from '../support/audit-scenarios.ts';
import { surprises } from '../support/expected-findings.ts';

/** Kinds of evidence that differ: nothing wrong, no IPv6 at all, DNS with retries, web refused, web that stalls, mail. */
const recorded = ['healthy', 'ipv4-only', 'flapping-servfail', 'web-refused-ipv6', 'web-body-stalls-ipv6', 'starttls-missing-ipv6'];
const maxBytes = 150_000;
/** Report, agencies, agency, findings, finding. */
const depthOfFinding = 4;
const scenarios = await loadScenarios();

const pathOf = (path: string): string => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));

/** A recorded run as a folder; its files lie side by side. */
function folderOf(id: string): RunFolder {
  const path = pathOf('evidence');
  return {
    id,
    path,
    manifest: `${path}/${id}.run.json`,
    journal: `${path}/${id}.ndjson.gz`,
    report: pathOf(`reports/golden/${id}.json`),
    lock: `${path}/${id}.lock`,
  };
}

/** JSON with what lies deeper on one line each: a finding that changed is one line of the diff. */
function inLines(value: unknown, depth: number): string {
  if (depth === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => `\n${inLines(item, depth - 1)}`).join(',')}]`;
  const members = Object.entries(value).map(([key, member]) => `\n${JSON.stringify(key)}: ${inLines(member, depth - 1)}`);
  return `{${members.join(',')}}`;
}

/** UPDATE_EVIDENCE=1: measures the scenario anew. Old evidence is worth keeping: it shows that it can still be judged. */
async function record(id: string): Promise<void> {
  const folder = folderOf(id);
  const own = scenarios.filter((scenario) => scenario.id === id);
  await auditScenarios(own, async (run) => {
    await copyFile(run.journal, folder.journal);
    await copyFile(run.manifest, folder.manifest);
  });
}

describe('recorded runs', () => {
  for (const id of recorded) {
    it(`${id}: judged again, gives the same report to the byte`, async () => {
      if (process.env.UPDATE_EVIDENCE === '1') await record(id);
      const folder = folderOf(id);
      const manifest = runManifestSchema.parse(JSON.parse(await readFile(folder.manifest, 'utf8')));
      const judge = async (): Promise<string> => {
        const { report } = await reportRun({ folder, manifest, checks: await loadChecks(), rubric: ipv6ForGov1 });
        const scenario = scenarios.find((candidate) => candidate.id === id);
        expect(scenario && surprises(scenario, report.agencies[0]?.findings ?? [])).toEqual([]);
        return `${inLines(report, depthOfFinding)}\n`;
      };
      const text = await judge();
      expect(await judge()).toBe(text);
      // UPDATE_GOLDEN=1: after a change of checks or texts; what changed is to be read in the diff.
      if (process.env.UPDATE_GOLDEN === '1') await writeFile(folder.report, text);
      expect(text).toBe(await readFile(folder.report, 'utf8'));
      for (const file of [folder.journal, folder.report]) expect((await stat(file)).size).toBeLessThan(maxBytes);
    }, 60_000);
  }
});
