import { type Status, statuses } from '../../src/model/finding.ts';
import type { Report, ReportAgency } from '../../src/model/report.ts';
import type { Trend } from '../../src/model/trend.ts';
import { summarizeRun } from '../../src/runner/run-summary.ts';
import { createTrend } from '../../src/runner/trend.ts';
import { type AgencyNight, finding, type Night, nightManifest, nightReport, sevenNights } from './nights.ts';

/** Two runs to compare. */
export interface Pair {
  before: Report;
  after: Report;
}

const nightOf = (nights: readonly Night[], day: number): Report => {
  const night = nights.find((found) => found.day === day);
  if (night === undefined) throw new Error(`no night ${day}`);
  return nightReport(night);
};

/** The fifth and the sixth of seven nights: a regression, a flap, a new agency and one that is gone. */
const small = (): Pair => ({ before: nightOf(sevenNights(), 5), after: nightOf(sevenNights(), 6) });

/** A check switched off in one run only would keep verdicts from being compared. */
const judged: readonly Status[] = statuses.filter((status) => status !== 'skipped');

/** A finding of each status, as it is before and after; equal places differ by their turn. */
const turns = (host: string, turn: number): ReportAgency['findings'] => [
  finding('check-off', host, { status: 'skipped' }),
  ...judged.map((_, at) => {
    const status: Status = judged[(at + turn) % judged.length] ?? 'pass';
    return finding(`check-${at}`, host, { status, cause: status === 'inconclusive' ? 'timeout' : null });
  }),
];

/** Every kind of change to an agency and to a finding. */
function large(): Pair {
  const ignored = { reason: 'Chờ nâng cấp / awaiting an upgrade', until: '2026-12-31' };
  const before: AgencyNight[] = [
    { id: 'worse', web: 'pass' },
    { id: 'mixed', web: 'pass', level: 3, findings: [finding('mx-addresses', 'mixed.gov.vn', { status: 'fail' })] },
    { id: 'better', web: 'fail' },
    { id: 'flaps', web: 'pass' },
    { id: 'reads-otherwise', web: 'pass', findings: [finding('web-tls', 'reads-otherwise.gov.vn', { status: 'warn', message: 'one' })] },
    { id: 'gone', web: 'pass' },
    { id: 'old-id', domain: 'renamed.gov.vn', web: 'pass' },
    { id: 'moved', domain: 'old.gov.vn', web: 'pass' },
    { id: 'accepted', web: 'pass', findings: [finding('web-tls', 'accepted.gov.vn', { status: 'pass' })] },
    { id: 'host', web: 'pass', findings: [finding('web-tls', 'old-host.gov.vn', { status: 'fail' })] },
    { id: 'dark', web: 'pass' },
    { id: 'seen-again', web: 'unmeasured' },
    { id: 'all', web: 'pass', findings: turns('all.gov.vn', 0) },
    { id: 'not-counted', web: 'pass', counted: 'not-counted', category: 'former-province' },
  ];
  const after: AgencyNight[] = [
    { id: 'worse', web: 'fail' },
    { id: 'mixed', web: 'fail', level: 1, findings: [finding('mx-addresses', 'mixed.gov.vn', { status: 'pass' })] },
    { id: 'better', web: 'pass' },
    { id: 'flaps', web: 'unstable' },
    { id: 'reads-otherwise', web: 'pass', findings: [finding('web-tls', 'reads-otherwise.gov.vn', { status: 'warn', message: 'two' })] },
    { id: 'new', web: 'fail' },
    { id: 'new-id', domain: 'renamed.gov.vn', web: 'pass' },
    { id: 'moved', domain: 'new.gov.vn', web: 'pass' },
    { id: 'accepted', web: 'pass', findings: [finding('web-tls', 'accepted.gov.vn', { status: 'fail', ignored })] },
    { id: 'host', web: 'pass', findings: [finding('web-tls', 'new-host.gov.vn', { status: 'fail' })] },
    { id: 'dark', web: 'unmeasured' },
    { id: 'seen-again', web: 'pass' },
    { id: 'all', web: 'pass', findings: turns('all.gov.vn', 1) },
    { id: 'not-counted', web: 'fail', counted: 'not-counted', category: 'former-province' },
  ];
  return { before: nightReport({ day: 1, agencies: before }), after: nightReport({ day: 2, agencies: after }) };
}

const hostileAgency = (text: string, web: AgencyNight['web']): AgencyNight => {
  const ignored = web === 'fail' ? { reason: text, until: text } : null;
  return {
    id: text,
    domain: text,
    web,
    findings: [finding(text, text, { status: web === 'fail' ? 'fail' : 'pass', message: text, ignored })],
  };
};

/** Text that means harm in every field. */
function hostile(text: string): Pair {
  const night = (day: number, states: readonly AgencyNight['web'][]): Report => {
    const agencies = states.map((web, at) => ({
      ...hostileAgency(text, web),
      ...(at === 0 ? {} : { id: `${text}.${at}`, domain: `${text}.${at}` }),
    }));
    const report = nightReport({ day, agencies, criteria: text, vantage: text });
    return { ...report, run: { ...report.run, id: text, startedAt: text } };
  };
  return { before: night(1, ['pass', 'fail', 'pass']), after: night(2, ['fail', 'pass']) };
}

/** Everything that makes runs differ: little can be compared, and that is said. */
function unlike(text: string): Pair {
  const agencies: AgencyNight[] = [{ id: 'a', web: 'pass', findings: [finding('web-tls', 'a.gov.vn', { status: 'skipped' })] }];
  const before = nightReport({ day: 1, agencies, ipv6: 'inconclusive', complete: false });
  const after = nightReport({
    day: 2,
    agencies: [{ id: 'a', web: 'fail', findings: [finding('web-tls', 'a.gov.vn', { status: 'pass' })] }],
    criteria: text,
    vantage: text,
    ipv6: 'absent',
    complete: false,
  });
  const vantages = after.vantages.map((vantage) => ({ ...vantage, dnsPath: 'resolver-only' as const }));
  return { before, after: { ...after, vantages, tool: { ...after.tool, version: text } } };
}

export const diffSamples = { small, large, hostile, unlike } as const;

function trendOf(nights: readonly (Night & { interrupted?: boolean })[]): Trend {
  const trend = createTrend();
  for (const night of nights)
    trend.add(night.interrupted === true ? { manifest: nightManifest(night) } : { summary: summarizeRun(nightReport(night)) });
  return trend.finish([]);
}

/** Every gap and every break, several categories and shares, agencies of every kind of course. */
function largeTrend(): Trend {
  const nights = sevenNights().map((night): Night & { interrupted?: boolean } => ({
    ...night,
    agencies: night.agencies.map((agency, at) => ({
      ...agency,
      ...(['province', 'city', 'agency'] as const).flatMap((category, own) => (own === at ? [{ category }] : []))[0],
    })),
  }));
  const [first] = nights;
  const agencies = first?.agencies ?? [];
  return trendOf([
    ...nights,
    { day: 8, agencies, ipv6: 'inconclusive' },
    { day: 9, agencies, complete: false },
    { day: 10, agencies: [], interrupted: true },
    { day: 11, agencies, criteria: '2' },
    { day: 12, agencies, criteria: '2', vantage: 'hue' },
    {
      day: 13,
      agencies: [{ id: 'bo', web: 'fail', counted: 'not-counted', category: 'former-ministry' }, ...agencies],
      criteria: '3',
      vantage: 'hanoi',
    },
  ]);
}

function hostileTrend(text: string): Trend {
  const trend = trendOf(
    (['pass', 'fail', 'pass', 'fail', 'fail'] as const).map((web, index) => ({
      day: index + 1,
      agencies: [hostileAgency(text, web), { ...hostileAgency(`${text}-${index}`, web), domain: `${text}.vn` }],
      vantage: `${text}${index % 2}`,
      criteria: `${text}${index % 3}`,
    })),
  );
  for (const point of trend.points) point.byCategory[text] = { agencies: 1, conforming: 1, notConforming: 0, inconclusive: 0 };
  return trend;
}

export const trendSamples = { small: () => trendOf(sevenNights()), large: largeTrend, hostile: hostileTrend } as const;
