import { describe, expect, it } from 'vitest';
import { exitCodeOf, type FailOn, gateFails } from '../../src/cli/exit-codes.ts';
import type { OwnTrouble } from '../../src/i18n/catalogue.ts';
import type { Report, ReportAgency, VantageReport } from '../../src/model/report.ts';
import { ownTroubles } from '../../src/reports/own-trouble.ts';
import { goodVantage, reportAgency, reportFinding, reportOf, unmeasuredFinding } from '../support/report.ts';

describe('exit codes', () => {
  it.each<['SIGINT' | 'SIGTERM' | null, OwnTrouble[], boolean, number]>([
    [null, [], false, 0],
    [null, [], true, 1],
    [null, ['no-ipv6'], false, 3],
    [null, ['no-ipv6'], true, 3],
    ['SIGINT', [], false, 130],
    ['SIGINT', ['no-ipv6'], true, 130],
    ['SIGTERM', [], true, 143],
  ])('signal %s, troubles %j, gate failed %s: %d', (signal, troubles, gateFailed, code) => {
    expect(exitCodeOf({ signal, troubles, gateFailed })).toBe(code);
  });
});

const { conformity } = reportAgency();
const scored = (score: number | null): ReportAgency => reportAgency({ conformity: { ...conformity, score } });
const withStatus = (status: 'fail' | 'warn', part: Partial<ReportAgency> = {}): ReportAgency =>
  reportAgency({ findings: [reportFinding({ status })], ...part });
const failed = reportAgency({ conformity: { ...conformity, verdict: 'fail' } });
const retired = reportAgency().services.map((service) => ({ ...service, state: 'retired' as const }));

describe('the gate', () => {
  const fail: FailOn = { kind: 'status', worst: 'fail' };
  const warn: FailOn = { kind: 'status', worst: 'warn' };
  const below80: FailOn = { kind: 'score', below: 80 };
  it.each<[string, FailOn, ReportAgency, boolean]>([
    ['never', { kind: 'never' }, failed, false],
    ['a failed verdict', fail, failed, true],
    ['a failed finding', fail, withStatus('fail'), true],
    ['a warning', fail, withStatus('warn'), false],
    ['a warning, strict', warn, withStatus('warn'), true],
    ['not measured', warn, reportAgency({ findings: [unmeasuredFinding('web-connect', 'vantage-no-ipv6')] }), false],
    [
      'an ignored finding',
      fail,
      reportAgency({ findings: [reportFinding({ status: 'fail', ignored: { reason: 'x', until: 'y' } })] }),
      false,
    ],
    ['a retired service', fail, withStatus('fail', { services: retired }), false],
    ['in no share', fail, withStatus('fail', { counted: 'not-counted' }), false],
    ['a score of 80', below80, scored(80), false],
    ['a score of 79.9', below80, scored(79.9), true],
    ['no score', below80, scored(null), false],
  ])('%s', (_, rule, agency, expected) => {
    expect(gateFails(reportOf([reportAgency(), agency]), rule)).toBe(expected);
  });
});

const judged = { crashed: false, coverageFloor: 0.8 };
const seen = (vantage: Partial<VantageReport>, agencies = [reportAgency()]): Report =>
  reportOf(agencies, { vantages: [{ ...goodVantage, ...vantage }] });
const withAaaa = reportAgency({ findings: [reportFinding({ check: 'web-addresses' })] });
const uncovered = (cause: 'vantage-web-unproven' | 'both-families-down' | 'vantage-port25-blocked'): ReportAgency =>
  reportAgency({
    conformity: { ...conformity, coverage: 0.79, score: null },
    findings: [reportFinding(), unmeasuredFinding('web-tls', cause)],
  });

describe('what our own side could not do', () => {
  it.each<[string, Report, OwnTrouble[]]>([
    ['nothing', seen({}), []],
    ['no vantage', reportOf([], { vantages: [] }), ['ipv6-unproven']],
    [
      'no IPv6',
      seen({ ipv6: 'absent', dns: { '4': 'proven', '6': 'absent' }, web: { '4': 'proven', '6': 'absent' } }, [withAaaa]),
      ['no-ipv6'],
    ],
    ['IPv6 not proven', seen({ ipv6: 'inconclusive', dns: { '4': 'proven', '6': 'unproven' } }), ['ipv6-unproven', 'no-dns-proof']],
    ['no root server over IPv6', seen({ dns: { '4': 'proven', '6': 'unproven' } }), ['no-dns-proof']],
    ['DNS through a resolver', seen({ dns: { '4': 'proven', '6': 'unproven' }, dnsPath: 'resolver-only' }), []],
    ['DNS intercepted', seen({ dnsPath: 'intercepted' }), ['dns-intercepted']],
    ['no web proof, nobody has IPv6', seen({ web: { '4': 'proven', '6': 'unproven' } }), []],
    ['no web proof though addresses are published', seen({ web: { '4': 'proven', '6': 'unproven' } }, [withAaaa]), ['no-web-proof']],
    ['port 25 blocked alone', seen({}, [uncovered('vantage-port25-blocked')]), []],
    ['one in five uncovered by us', seen({}, [uncovered('vantage-web-unproven'), ...Array(4).fill(reportAgency())]), ['coverage']],
    ['one in six uncovered by us', seen({}, [uncovered('vantage-web-unproven'), ...Array(5).fill(reportAgency())]), []],
    ['uncovered because services are down', seen({}, [uncovered('both-families-down')]), []],
  ])('%s', (_, report, expected) => {
    expect(ownTroubles(report, judged)).toEqual(expected);
  });

  it('a crash', () => {
    expect(ownTroubles(seen({}), { ...judged, crashed: true })).toEqual(['crashed']);
  });
});
