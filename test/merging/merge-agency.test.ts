import { describe, expect, it } from 'vitest';
import { mergeAgency } from '../../src/merging/merge-agency.ts';
import type { View } from '../../src/merging/view.ts';
import type { ReportAgency, ReportFinding } from '../../src/model/report.ts';
import type { AssessedService } from '../../src/model/service-state.ts';
import { ipv6ForGov1 } from '../../src/scoring/rubrics/ipv6-for-gov-1.ts';
import { reportAgency, reportFinding } from '../support/report.ts';

const portal: AssessedService = {
  role: 'portal',
  host: 'tinh-mau.gov.vn',
  state: 'active',
  cause: null,
  decidingHosts: ['tinh-mau.gov.vn'],
  zone: 'tinh-mau.gov.vn',
};
const line = { id: '1', op: 'tcp-connect', target: 'tcp 443', address: '2001:db8::1', outcome: 'ok', step: null, elapsedMs: 1 } as const;
const refused = reportFinding({
  status: 'fail',
  message: 'refused',
  cause: 'refused',
  confidence: 0.8,
  observations: ['1'],
  text: { vi: 'Từ chối.', en: 'Refused.' },
  fix: { vi: 'Mở cổng.', en: 'Open the port.' },
});
const passed = reportFinding({ observations: ['1'] });

const view = (vantage: string, finding: ReportFinding, part: Partial<ReportAgency> = {}, service = portal): View => ({
  vantage,
  agency: reportAgency({ findings: [finding], observations: [line], ...part }),
  services: [service],
});
const merge = (views: [View, ...View[]], aside: string[] = []): ReportAgency =>
  mergeAgency(views, { aside: new Set(aside), uncompared: new Set() }, ipv6ForGov1);

describe('V8 what works from here and fails from there depends on the path', () => {
  const merged = merge([view('hn', passed), view('hcm', refused)]);

  it('is a warning that names both, says what was seen, and where to look', () => {
    expect(merged.findings).toEqual([
      expect.objectContaining({
        status: 'warn',
        message: 'path-dependent',
        cause: 'path-dependent',
        confidence: 0.8,
        values: { worksFrom: ['hn'], failsFrom: ['hcm'], seen: 'refused' },
        seenFrom: [
          { vantage: 'hn', status: 'pass' },
          { vantage: 'hcm', status: 'fail' },
        ],
        text: {
          vi: 'Ở đây kết quả phụ thuộc nơi đo: đạt khi đo từ hn, không đạt khi đo từ hcm. Đo từ hcm: Từ chối.',
          en: 'Here the result depends on the vantage: works from hn, fails from hcm. From hcm: Refused.',
        },
      }),
    ]);
    expect(merged.findings[0]?.fix.en).toContain('between the servers and hcm');
  });

  it('cites the evidence of both, though their ids are alike', () => {
    expect(merged.findings[0]?.observations).toEqual(['hcm/1', 'hn/1']);
    expect(merged.observations.map(({ id, vantage }) => [id, vantage])).toEqual([
      ['hn/1', 'hn'],
      ['hcm/1', 'hcm'],
    ]);
  });
});

describe('the verdict is scored anew from what stands', () => {
  const deciding = ipv6ForGov1.conformity.deciding.map((check) => reportFinding({ check }));
  const agencyOf = (status: ReportFinding['status']): Partial<ReportAgency> => ({
    findings: deciding.map((finding) => (finding.check === 'web-connect' ? { ...finding, status } : finding)),
  });
  it.each<[string, ReportFinding['status'], ReportFinding['status'], string[], ReportAgency['conformity']['verdict']]>([
    ['all fail', 'fail', 'fail', [], 'fail'],
    ['one fails, one could not measure', 'fail', 'inconclusive', [], 'fail'],
    ['it fails from one only', 'pass', 'fail', [], 'pass'],
    ['the one from which it works is not sound', 'pass', 'fail', ['hn'], 'fail'],
    ['the one from which it fails is not sound', 'pass', 'fail', ['hcm'], 'pass'],
    ['no one could measure', 'inconclusive', 'inconclusive', [], 'inconclusive'],
    ['none is sound, and none could measure', 'inconclusive', 'inconclusive', ['hn', 'hcm'], 'inconclusive'],
  ])('%s', (_title, hn, hcm, aside, verdict) => {
    const merged = merge([view('hn', passed, agencyOf(hn)), view('hcm', passed, agencyOf(hcm))], aside);
    expect(merged.conformity.services.portal?.verdict).toBe(verdict);
    expect(merged.conformity.verdict).toBe(verdict);
  });
});

it('a service that is gone from one place and answers from another is there', () => {
  const gone: AssessedService = { ...portal, role: 'public-services', state: 'gone', cause: 'service-gone' };
  const there: AssessedService = { ...gone, state: 'active', cause: null };
  const states = (views: [View, ...View[]], aside: string[] = []): string[] => merge(views, aside).services.map(({ state }) => state);
  expect(states([view('hn', passed, {}, gone), view('hcm', passed, {}, there)])).toEqual(['active']);
  expect(states([view('hn', passed, {}, there), view('hcm', passed, {}, gone)])).toEqual(['active']);
  expect(states([view('hn', passed, {}, gone), view('hcm', passed, {}, gone)])).toEqual(['gone']);
  expect(states([view('hn', passed, {}, gone), view('hcm', passed, {}, there)], ['hcm'])).toEqual(['gone']);
});

it('an accepted fault stays accepted', () => {
  const ignored = { reason: 'known', until: '2026-12-31' };
  expect(merge([view('hn', passed), view('hcm', { ...refused, ignored })]).findings[0]?.ignored).toEqual(ignored);
});
