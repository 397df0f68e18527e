import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { loadChecks } from '../../src/checks/index.ts';
import type { ReportFinding } from '../../src/model/report.ts';
import { type Audit, agencyOf, describeFinding, inNamespace, missingFindings, readReport, routeData, unexpectedFails } from './audits.ts';
import { ensureBuilt } from './build.ts';
import { notShown } from './coverage.ts';
import { expected, parityChecks, reachabilityChecks } from './expected.ts';
import {
  agencyAgain,
  decidedByIpv6,
  domains,
  from,
  measureAll,
  missingQuietly,
  patient,
  quick,
  secondLooks,
  shownQuietly,
  slow,
  troubleFrom,
  verdictOf,
} from './measured.ts';
import { vantages } from './namespaces.ts';

beforeAll(async () => {
  await ensureBuilt();
  const startedAt = Date.now();
  await measureAll();
  const compared = expected.reduce((sum, { findings }) => sum + findings.length, 0);
  const seconds = vantages.map((vantage) => `${vantage} ${from(vantage).seconds} s`).join(', ');
  const total = Math.round((Date.now() - startedAt) / 1000);
  console.info(`lab: ${expected.length} domains, ${compared} findings compared, ${seconds}; with what was looked at again ${total} s`);
});

describe('from a vantage with both families', () => {
  it('could measure', () => {
    const { exitCode, stderr, report } = from('dual');
    expect(exitCode, stderr).toBe(0);
    expect(report.run.complete).toBe(true);
    expect(report.vantages[0]).toMatchObject({
      dns: { '4': 'proven', '6': 'proven' },
      web: { '4': 'proven', '6': 'proven' },
      smtp: { '4': 'proven', '6': 'proven' },
      dnsPath: 'direct',
      ipv6: 'ok',
    });
  });

  it.each(quick)('$domain: the expected findings, no other fail', (wanted) => {
    const agency = agencyOf(from('dual').report, wanted.domain);
    const again = agencyAgain('dual', wanted.domain);
    const fails = [agency, ...(again === null ? [] : [again])].flatMap((seen) => unexpectedFails(seen, wanted));
    expect([...missingFindings(agency, wanted.findings, again), ...fails]).toEqual([]);
  });

  it.each(quick)('$domain: conformity $conformity, readiness level $level', (wanted) => {
    const agency = agencyOf(from('dual').report, wanted.domain);
    const again = agencyAgain('dual', wanted.domain);
    const settled = again !== null && troubleFrom('dual', wanted).length > 0 ? again : agency;
    expect(verdictOf(settled, wanted)).toEqual({ conformity: wanted.conformity, level: wanted.level });
  });

  it.each(shownQuietly)('$domain: shows on a quiet machine', (wanted) => expect(missingQuietly(wanted)).toEqual([]));

  it.each(slow)('$domain: in little time the expected findings, no other fail', (wanted) => {
    const agency = agencyOf(patient().report, wanted.domain);
    expect([...missingFindings(agency, wanted.findings, null), ...unexpectedFails(agency, wanted)]).toEqual([]);
    expect(agency.conformity.verdict).toBe(wanted.conformity);
  });

  it('judges again, offline, to the same bytes', async () => {
    const { runDir, report } = from('dual');
    const [id = ''] = await readdir(runDir);
    // From the other vantage: judging asks nothing, so it cannot matter where it runs.
    const again = await inNamespace('v4only', ['judge', id, '--run-dir', runDir, '-f', 'json', ...routeData()]);
    expect(again.exitCode, again.stderr).toBe(0);
    const [before, after] = [findingTexts(report), findingTexts(readReport(again))];
    expect(after.length).toBe(before.length);
    // One by one: the whole text would bury the one difference.
    expect(after.find((text, index) => text !== before[index])).toBeUndefined();
  });

  it('shows every check where it passes and where it does not, or says why not', async () => {
    const reports = [from('dual'), ...secondLooks()].map(({ report }) => report);
    const findings = reports.flatMap(({ agencies: reported }) => reported.flatMap((agency) => agency.findings));
    const seen = (check: string, wanted: readonly string[]): boolean =>
      findings.some(({ check: id, status }) => id === check && wanted.includes(status));
    const unseen = (await loadChecks())
      .filter(({ id }) => !(id in notShown))
      .flatMap(({ id }) => [
        ...(seen(id, ['pass']) ? [] : [`${id} passes nowhere`]),
        ...(seen(id, ['fail', 'warn']) ? [] : [`${id} fails nowhere`]),
      ]);
    expect(unseen).toEqual([]);
  });
});

it.each(vantages.filter((vantage) => vantage !== 'dual'))(
  'from %s, which lacks a family, nothing is said to work in neither',
  (vantage) => {
    const findings = from(vantage).report.agencies.flatMap((agency) => agency.findings);
    expect(findings.filter(({ cause }) => cause === 'both-families-down').map(describeFinding)).toEqual([]);
  },
);

describe('from a vantage without IPv6', () => {
  it('ends with 3: our side could not measure', () => {
    const { exitCode, stderr, report } = from('v4only');
    expect(exitCode, stderr).toBe(3);
    expect(report.agencies).toHaveLength(domains.length);
    expect(report.vantages[0]).toMatchObject({ web: { '4': 'proven', '6': 'absent' }, ipv6: 'absent' });
  });

  it('V1 fails not one reachability', () => {
    const failed = from('v4only').report.agencies.flatMap(({ findings }) => findings);
    expect(failed.filter(({ check, status }) => status === 'fail' && reachabilityChecks.has(check)).map(describeFinding)).toEqual([]);
  });

  it.each(quick)('$domain: holds against it only what DNS published, which IPv4 shows too', (wanted) => {
    const agency = agencyOf(from('v4only').report, wanted.domain);
    expect(unexpectedFails(agency, wanted)).toEqual([]);
    expect(agency.conformity.verdict).not.toBe('pass');
  });
});

describe('from a vantage without IPv4', () => {
  it('could measure IPv6', () => {
    const { report, stderr } = from('v6only');
    expect(report.vantages[0], stderr).toMatchObject({ dns: { '6': 'proven' }, web: { '4': 'absent', '6': 'proven' }, ipv6: 'ok' });
  });

  it.each(quick)('$domain: no fail that is none with both families', (wanted) => {
    expect(unexpectedFails(agencyOf(from('v6only').report, wanted.domain), wanted)).toEqual([]);
  });

  it.each(quick)('$domain: judges all that IPv6 alone decides', (wanted) => {
    const again = agencyAgain('v6only', wanted.domain);
    expect(missingFindings(agencyOf(from('v6only').report, wanted.domain), decidedByIpv6(wanted), again)).toEqual([]);
  });

  // Their page has to be read over IPv4, which this place lacks: that is what is wrong here, and not the service.
  const ipv4Only = quick.filter(({ domain, findings }) => {
    const has = (wanted: string, expectedStatus: string): boolean =>
      findings.some(({ check, host, status }) => check === wanted && host === domain && status === expectedStatus);
    return has('web-addresses', 'fail') && has('dns64-safe', 'pass');
  });
  it('there are such', () => expect(ipv4Only.length).toBeGreaterThan(0));
  it.each(ipv4Only)('$domain: whether it is safe behind NAT64 is not measured, for want of IPv4', ({ domain }) => {
    const agency = agencyOf(from('v6only').report, domain);
    const row = { host: domain, status: 'inconclusive', cause: 'vantage-no-ipv4' } as const;
    const wanted = ['dns64-safe', 'nat64-outcome'].map((check) => ({ check, ...row }));
    expect(missingFindings(agency, wanted, null)).toEqual([]);
  });

  it('compares nothing with IPv4', () => {
    const findings = from('v6only').report.agencies.flatMap((agency) => agency.findings);
    expect(findings.filter(({ check, status }) => parityChecks.has(check) && isVerdict(status)).map(describeFinding)).toEqual([]);
  });
});

/** What a resolver has of these depends upon which of the servers it asked. */
const serversDisagree: ReadonlySet<string> = new Set(['bat-dong.gov.vn', 'lech-mx.gov.vn']);

describe('from a vantage behind DNS64 and NAT64', () => {
  it('knows where it is', () => {
    expect(from('nat64').report.vantages[0]).toMatchObject({ dnsPath: 'resolver-only', dns64: true });
  });

  it.each(quick)('$domain: no fail that is none with both families', (wanted) => {
    if (serversDisagree.has(wanted.domain)) return;
    expect(unexpectedFails(agencyOf(from('nat64').report, wanted.domain), wanted)).toEqual([]);
  });

  it('V3 counts no synthesised address as published', () => {
    const missing = quick.filter(({ findings }) => findings.some(({ check, status }) => check === 'web-addresses' && status === 'fail'));
    const passed = missing.flatMap(({ domain, findings: wanted }) =>
      agencyOf(from('nat64').report, domain).findings.filter(
        ({ check, host, status }) =>
          check === 'web-addresses' &&
          isVerdict(status) &&
          status !== 'fail' &&
          wanted.some((row) => row.check === check && row.host === host && row.status === 'fail'),
      ),
    );
    expect(missing.length).toBeGreaterThan(5);
    expect(passed.map(describeFinding)).toEqual([]);
  });

  it('has a translator to be behind, or says that there is none', () => {
    if (!inject('translates')) console.info('no /dev/net/tun: DNS64 alone, nobody translates');
    const [state] = [from('nat64').report.vantages[0]?.web['6']];
    expect(state).toBe('proven');
  });
});

function isVerdict(status: ReportFinding['status']): boolean {
  return status === 'pass' || status === 'warn' || status === 'fail';
}

function findingTexts({ agencies: reported }: Audit['report']): string[] {
  return reported.flatMap(({ id, findings }) => findings.map((finding) => `${id} ${JSON.stringify(finding)}`));
}
