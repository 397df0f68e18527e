import { statuses } from '../model/finding.ts';
import type { Report, ReportAgency } from '../model/report.ts';
import { verdictSchema } from '../model/report.ts';
import { gauge, type Labels, type Sample } from './metric-text.ts';

/**
 * The report for the textfile collector of node_exporter. HELP lines are English whatever the language: the collector refuses two files
 * whose HELP of one metric differs. What is not known has no sample, because 0 would be a statement about an agency. The run's id is no
 * label: each run would begin new series.
 */
export function renderPrometheus(report: Report): string {
  return [...runMetrics(report), ...vantageMetrics(report), ...totalMetrics(report), ...agencyMetrics(report.agencies)].join('');
}

const single = (value: number, labels: Labels = {}): Sample[] => [{ labels, value }];

function runMetrics({ tool, criteria, run, agencies }: Report): string[] {
  const seconds = (time: string): number => Date.parse(time) / 1000;
  const known = (value: number): Sample[] => (Number.isFinite(value) ? single(value) : []);
  return [
    gauge('ipv6gov_info', 'Version of ipv6gov and the criteria of the scores, which are its own.', [
      { labels: { version: tool.version, criteria: `${criteria.name}/${criteria.version}` }, value: 1 },
    ]),
    gauge('ipv6gov_run_finished_timestamp_seconds', 'When the run ended, Unix time.', known(seconds(run.finishedAt))),
    gauge(
      'ipv6gov_run_duration_seconds',
      'How long the run took.',
      known(Math.round((seconds(run.finishedAt) - seconds(run.startedAt)) * 1000) / 1000),
    ),
    gauge('ipv6gov_run_complete', '1 when every agency of the list was measured.', single(Number(run.complete))),
    gauge('ipv6gov_agencies', 'Agencies in the list, counted or not.', single(agencies.length)),
  ];
}

function vantageMetrics({ vantages }: Report): string[] {
  const proofs = vantages.flatMap((vantage) =>
    (['dns', 'web', 'smtp'] as const).flatMap((kind) =>
      (['4', '6'] as const).map((family) => ({
        labels: { vantage: vantage.name, class: kind, family },
        value: Number(vantage[kind][family] === 'proven'),
      })),
    ),
  );
  return [
    gauge(
      'ipv6gov_vantage_proven',
      '1 when the place of measurement proved that it reaches this class of services over this family.',
      proofs,
    ),
  ];
}

function totalMetrics({ summary }: Report): string[] {
  const groups = Object.entries(summary.denominators);
  const verdicts = groups.flatMap(([denominator, { conforming, notConforming, inconclusive }]) =>
    Object.entries({ pass: conforming, fail: notConforming, inconclusive }).map(([verdict, value]) => ({
      labels: { denominator, verdict },
      value,
    })),
  );
  const levels = Object.entries(summary.byLevel).map(([level, value]) => ({ labels: { level }, value }));
  return [
    gauge(
      'ipv6gov_denominator_agencies',
      'Agencies of this list in each denominator of shares.',
      groups.map(([denominator, { agencies }]) => ({ labels: { denominator }, value: agencies })),
    ),
    gauge('ipv6gov_denominator_conformity', 'Agencies of each denominator by conformity verdict.', verdicts),
    gauge('ipv6gov_readiness_level_agencies', 'Agencies on each rung of the IPv6-only ladder.', levels),
  ];
}

function agencyMetrics(agencies: readonly ReportAgency[]): string[] {
  const of = (agency: ReportAgency): Labels => ({ agency: agency.id, domain: agency.domain });
  const values = (read: (agency: ReportAgency) => number | null): Sample[] =>
    agencies.flatMap((agency) => {
      const value = read(agency);
      return value === null ? [] : [{ labels: of(agency), value }];
    });
  const verdicts = agencies.flatMap((agency) =>
    verdictSchema.options.map((verdict) => ({ labels: { ...of(agency), verdict }, value: Number(agency.conformity.verdict === verdict) })),
  );
  const findings = agencies.flatMap((agency) =>
    statuses.map((status) => ({
      labels: { ...of(agency), status },
      value: agency.findings.filter((found) => found.status === status).length,
    })),
  );
  return [
    gauge('ipv6gov_agency_info', 'Names and groups of an agency.', agencies.map(agencyInfo)),
    gauge(
      'ipv6gov_agency_conformity',
      '1 for the conformity verdict of an agency by the criteria of ipv6gov_info, 0 for the others.',
      verdicts,
    ),
    gauge(
      'ipv6gov_agency_conformity_score',
      'Conformity score, 0-100.',
      values(({ conformity }) => conformity.score),
    ),
    gauge(
      'ipv6gov_agency_conformity_coverage_ratio',
      'Weight of conformity that was measured, 0-1.',
      values(({ conformity }) => conformity.coverage),
    ),
    gauge(
      'ipv6gov_agency_readiness_level',
      'Rung of the IPv6-only ladder (2026-2030), 0-5.',
      values(({ readiness }) => readiness.level),
    ),
    gauge(
      'ipv6gov_agency_readiness_at_least',
      'Rung that is proven at least, 0-5.',
      values(({ readiness }) => readiness.atLeast),
    ),
    gauge(
      'ipv6gov_agency_readiness_score',
      'Readiness score, 0-100.',
      values(({ readiness }) => readiness.score),
    ),
    gauge(
      'ipv6gov_agency_readiness_coverage_ratio',
      'Weight of readiness that was measured, 0-1.',
      values(({ readiness }) => readiness.coverage),
    ),
    gauge('ipv6gov_agency_findings', 'Findings of an agency by status.', findings),
  ];
}

function agencyInfo({ id, domain, name, category, counted }: ReportAgency): Sample {
  return { labels: { agency: id, domain, name_vi: name.vi, name_en: name.en, category, counted }, value: 1 };
}
