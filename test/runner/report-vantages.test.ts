import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadChecks } from '../../src/checks/index.ts';
import { main } from '../../src/cli/main.ts';
import type { Report, ReportFinding } from '../../src/model/report.ts';
import { reportSchema } from '../../src/model/report.ts';
import type { EndpointMap } from '../../src/net/live-context.ts';
import { ownTroubles } from '../../src/reports/own-trouble.ts';
import { readManifest } from '../../src/runner/open-run.ts';
import { reportRun } from '../../src/runner/report-run.ts';
import { reportVantages, type VantageRun } from '../../src/runner/report-vantages.ts';
import { runFolder } from '../../src/runner/run-folder.ts';
import { ipv6ForGov1 } from '../../src/scoring/rubrics/ipv6-for-gov-1.ts';
import { loadScenarios, type Scenario } from '../../src/testbed/scenario.ts';
import { type AuditChanges, auditScenarios } from '../support/audit-scenarios.ts';
import { fakeIo } from '../support/cli-io.ts';

const ids = ['healthy', 'ipv4-only', 'web-refused-ipv6'];
const checks = await loadChecks();
let dir: string;
let open: VantageRun;
let filtered: VantageRun;
let blind: VantageRun;

async function measureFrom(vantage: string, scenarios: readonly Scenario[], changes: AuditChanges = {}): Promise<VantageRun> {
  const folder = runFolder({ dir, id: vantage });
  await auditScenarios(scenarios, async ({ path }) => cp(path, folder.path, { recursive: true }), {
    ...changes,
    manifest: (manifest) => ({ ...manifest, vantage }),
  });
  return { vantage, place: vantage, folder, manifest: await readManifest(folder) };
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ipv6gov-vantages-'));
  const scenarios = (await loadScenarios()).filter(({ id }) => ids.includes(id));
  open = await measureFrom('open', scenarios);
  const healthy = (await reportRun({ ...open, checks, rubric: ipv6ForGov1 })).report.agencies.find(({ id }) => id === 'healthy');
  const cited = healthy?.findings.find(({ check }) => check === 'web-connect')?.observations ?? [];
  const addresses = new Set(
    healthy?.observations.filter(({ id, address }) => cited.includes(id) && address.includes(':')).map(({ address }) => address),
  );
  // From here a filter refuses what leads to the web servers of one agency.
  filtered = await measureFrom('filtered', scenarios, {
    live: (live) => ({
      ...live,
      endpoints: {
        lookup(endpoint) {
          const place = (live.endpoints as EndpointMap).lookup(endpoint);
          const isFiltered = endpoint.transport === 'tcp' && addresses.has(endpoint.address) && !('failure' in place);
          return isFiltered ? { ...place, port: 1 } : place;
        },
      },
    }),
  });
  blind = await measureFrom(
    'blind',
    scenarios.map((scenario) => ({ ...scenario, vantage: { families: [4], port25: 'open', dns: 'direct' } })),
  );
}, 240_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

const merged = async (...runs: [VantageRun, ...VantageRun[]]): Promise<Report> =>
  (await reportVantages({ runs, checks, rubric: ipv6ForGov1 })).report;
const findingsOf = (report: Report, id: string, check: string): ReportFinding[] =>
  report.agencies.find((agency) => agency.id === id)?.findings.filter((finding) => finding.check === check) ?? [];
const apex = (findings: readonly ReportFinding[]): ReportFinding | undefined => findings.find(({ host }) => !host.startsWith('www.'));

describe('three vantages of one list', () => {
  let report: Report;
  beforeAll(async () => {
    report = await merged(open, filtered, blind);
  }, 60_000);

  it('keeps the schema, names who measured, and sets aside who has no IPv6', () => {
    expect(reportSchema.parse(report)).toEqual(report);
    expect(report.vantages.map(({ name, ipv6, setAside }) => [name, ipv6, setAside])).toEqual([
      ['open', 'ok', undefined],
      ['filtered', 'ok', undefined],
      ['blind', 'absent', 'no-ipv6'],
    ]);
    expect(ownTroubles(report, { crashed: false, coverageFloor: 0.8 })).toEqual([]);
    expect(report.run).toMatchObject({ id: open.manifest.id, startedAt: open.manifest.startedAt, complete: true });
    expect(report.agencies.map(({ id }) => id).sort()).toEqual(ids.toSorted());
  });

  it('V8 what a filter on one path refuses depends on the path, and fails nobody', () => {
    const connect = apex(findingsOf(report, 'healthy', 'web-connect'));
    expect(connect).toMatchObject({ status: 'warn', message: 'path-dependent', values: { worksFrom: ['open'], failsFrom: ['filtered'] } });
    expect(connect?.seenFrom.map(({ vantage, status }) => `${vantage} ${status}`)).toEqual([
      'open pass',
      'filtered fail',
      'blind inconclusive',
    ]);
    const cited = report.agencies.find(({ id }) => id === 'healthy')?.observations.filter(({ id }) => connect?.observations.includes(id));
    expect(new Set(cited?.map(({ vantage }) => vantage))).toEqual(new Set(['open', 'filtered']));
    expect(report.agencies.find(({ id }) => id === 'healthy')?.conformity.services.portal?.verdict).toBe('pass');
  });

  it.each([
    ['ipv4-only', 'web-addresses'],
    ['web-refused-ipv6', 'web-connect'],
  ])('%s fails %s from wherever it could be judged', (id, check) => {
    const finding = findingsOf(report, id, check).find(({ status }) => status === 'fail');
    expect(finding?.seenFrom.slice(0, 2).map(({ status }) => status)).toEqual(['fail', 'fail']);
    expect(report.agencies.find((agency) => agency.id === id)?.conformity.verdict).toBe('fail');
  });

  it('V1 evidence of one vantage proves nothing for another', async () => {
    // What `blind` could not reach over IPv6 is no failure, though `open` was sound at the same time.
    const both = await merged(blind, open);
    const seen = both.agencies.flatMap(({ findings }) => findings.filter(({ check }) => check === 'web-connect'));
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.flatMap(({ seenFrom }) => seenFrom.filter(({ vantage, status }) => vantage === 'blind' && status === 'fail'))).toEqual([]);
  });
});

it('one run is judged to what it is by itself, but for the names', async () => {
  const { report } = await reportRun({ ...filtered, checks, rubric: ipv6ForGov1 });
  const alone = await merged(filtered);
  const results = ({ agencies }: Report) =>
    agencies.map(({ id, conformity, readiness, services }) => ({ id, conformity, readiness, services }));
  expect(results(alone)).toEqual(results(report));
  expect(alone.summary).toEqual(report.summary);
});

it('where no vantage has IPv6 it is our own trouble, and nobody fails for it', async () => {
  const report = await merged({ ...blind, vantage: 'b1', place: 'b1' }, { ...blind, vantage: 'b2', place: 'b2' });
  expect(ownTroubles(report, { crashed: false, coverageFloor: 0.8 })[0]).toBe('no-ipv6');
  expect(findingsOf(report, 'web-refused-ipv6', 'web-connect').map(({ status }) => status)).not.toContain('fail');
});

describe('the command', () => {
  async function judge(...operands: string[]) {
    const { io, seen } = fakeIo();
    const code = await main(['judge', ...operands, '--run-dir', dir, '--lang', 'en'], io);
    return { code, ...seen };
  }

  it('names the runs as asked and says what is set aside, and what is another list', async () => {
    const other = join(dir, 'other');
    await cp(filtered.folder.path, other, { recursive: true });
    const manifest = { ...filtered.manifest, input: { ...filtered.manifest.input, fingerprint: 'another' } };
    await writeFile(join(other, 'run.json'), JSON.stringify(manifest));
    const { code, out, err } = await judge('hn=open', `hcm=${other}`, 'blind', '-f', 'json');
    expect(code).toBe(0);
    expect((JSON.parse(out) as Report).vantages.map(({ name }) => name)).toEqual(['hn', 'hcm', 'blind']);
    expect(err).toContain('Vantage blind: it has no IPv6 and decides nothing.');
    expect(err).toContain('The run from hcm measured another list');
  });

  it.each<[string, string[], string]>([
    ['two of one name', ['open', 'open'], '[same-vantage]'],
    ['a name given twice', ['x=open', 'x=filtered'], '[same-vantage]'],
    ['more than 16', Array.from({ length: 17 }, (_, at) => `v${at}=open`), '[too-many-runs]'],
    ['one that is not there', ['open', 'hcm=nowhere'], '[run-missing]'],
  ])('refuses %s', async (_title, operands, code) => {
    const ended = await judge(...operands);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain(code);
    expect(ended.out).toBe('');
  });

  it('takes 16', async () => {
    expect((await judge(...Array.from({ length: 16 }, (_, at) => `v${at}=open`), '-f', 'json')).code).toBe(0);
  }, 60_000);

  const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
  it.each(['csv', 'md', 'table', 'html'])('who saw what stands in %s', async (format) => {
    const { out } = await judge('open', 'filtered', 'blind', '-f', format, '--csv', 'findings', '--show', 'all');
    if (format === 'csv') expect(out).toContain('open=pass filtered=fail blind=inconclusive');
    else expect(oneLine(out)).toContain('works from open, fails from filtered');
    if (format !== 'csv') expect(oneLine(out)).toContain('it has no IPv6 and decides nothing');
    if (format === 'html') expect(out).toContain('Seen differently by place');
  });
});
