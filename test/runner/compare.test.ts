import { describe, expect, it } from 'vitest';
import { comparisonSchema } from '../../src/model/comparison.ts';
import { compareReports, hasRegression } from '../../src/runner/compare.ts';
import { type AgencyNight, finding, type Night, nightReport, sevenNights } from '../support/nights.ts';

const nights = sevenNights().map(nightReport);
const report = (night: number) => {
  const found = nights[night - 1];
  if (found === undefined) throw new Error(`no night ${night}`);
  return found;
};
const kinds = (before: number, after: number): Record<string, string> =>
  Object.fromEntries(compareReports(report(before), report(after)).agencies.map(({ id, change }) => [id, change]));

describe('V7 seven nights, each with the next', () => {
  it.each<[number, number, Record<string, string>, number]>([
    [1, 2, { bxd: 'worsened', bgd: 'flapping' }, 1],
    [2, 3, { bca: 'improved', bxd: 'improved', bgd: 'flapping' }, 0],
    [3, 4, {}, 0],
    [4, 5, { moi: 'renamed' }, 0],
    [5, 6, { byt: 'worsened', bxd: 'improved', bgd: 'flapping', sau: 'new', truoc: 'gone' }, 1],
    [6, 7, { bxd: 'worsened' }, 1],
    [3, 5, { bxd: 'worsened', bgd: 'flapping', moi: 'renamed' }, 1],
    [7, 7, {}, 0],
  ])('night %i to %i', (before, after, expected, regressions) => {
    expect(kinds(before, after)).toEqual(expected);
    const comparison = compareReports(report(before), report(after));
    expect(comparison.summary.regressions).toBe(regressions);
    expect(hasRegression(comparison)).toBe(regressions > 0);
    expect(comparisonSchema.parse(comparison)).toEqual(comparison);
  });

  it('what only lost or regained coverage is counted and is no change', () => {
    const lost = compareReports(report(3), report(4));
    expect(lost.summary).toMatchObject({ lostCoverage: 14, gainedCoverage: 0, unchanged: 7 });
    expect(lost.differences).toEqual(['ipv6-lost-after']);
    expect(compareReports(report(4), report(5)).summary).toMatchObject({ lostCoverage: 0, gainedCoverage: 14 });
  });

  it('a regression names the check, both states and the verdicts', () => {
    const [first] = compareReports(report(5), report(6)).agencies;
    expect(first).toMatchObject({ id: 'byt', regression: true, conformity: 'worsened', readiness: 'worsened' });
    expect(first?.findings).toMatchObject([
      {
        check: 'web-connect',
        host: 'byt.gov.vn',
        change: 'worsened',
        regression: true,
        before: { status: 'pass' },
        after: { status: 'fail', cause: 'refused' },
      },
    ]);
  });
});

const compare = (before: AgencyNight[], after: AgencyNight[], more: { before?: Partial<Night>; after?: Partial<Night> } = {}) =>
  compareReports(nightReport({ day: 1, agencies: before, ...more.before }), nightReport({ day: 2, agencies: after, ...more.after }));

describe('renamed agencies', () => {
  it.each<[string, { id: string; domain: string }, { id: string; domain: string }, string | null]>([
    ['same', { id: 'a', domain: 'a.vn' }, { id: 'a', domain: 'a.vn' }, null],
    ['other id', { id: 'a', domain: 'a.vn' }, { id: 'b', domain: 'a.vn' }, 'id'],
    ['other domain', { id: 'a', domain: 'a.vn' }, { id: 'a', domain: 'b.vn' }, 'domain'],
  ])('%s', (_, before, after, renamed) => {
    const { agencies } = compare([{ ...before, web: 'pass' }], [{ ...after, web: 'pass' }]);
    expect(agencies.map((agency) => [agency.change, agency.renamed])).toEqual(renamed === null ? [] : [['renamed', renamed]]);
  });

  it('both other: gone and new; ids that changed places follow the domain', () => {
    const other = compare([{ id: 'a', domain: 'a.vn', web: 'pass' }], [{ id: 'b', domain: 'b.vn', web: 'pass' }]);
    expect(other.summary).toMatchObject({ new: 1, gone: 1, renamed: 0 });
    const swapped = compare(
      [
        { id: 'a', domain: 'x.vn', web: 'pass' },
        { id: 'b', domain: 'y.vn', web: 'fail' },
      ],
      [
        { id: 'b', domain: 'x.vn', web: 'pass' },
        { id: 'a', domain: 'y.vn', web: 'fail' },
      ],
    );
    expect(swapped.agencies.map(({ change, renamed }) => [change, renamed])).toEqual([
      ['renamed', 'id'],
      ['renamed', 'id'],
    ]);
  });

  it('a renamed agency that broke is worse, and its new id is said', () => {
    const { agencies } = compare([{ id: 'a', domain: 'a.vn', web: 'pass' }], [{ id: 'b', domain: 'a.vn', web: 'fail' }]);
    expect(agencies).toMatchObject([{ change: 'worsened', renamed: 'id', regression: true, before: { id: 'a' }, after: { id: 'b' } }]);
  });
});

describe('V10 runs that are not quite comparable', () => {
  it('other criteria: verdicts and levels are not compared, findings are', () => {
    const { differences, compared, agencies } = compare([{ id: 'a', web: 'pass' }], [{ id: 'a', web: 'fail' }], {
      after: { criteria: '2' },
    });
    expect(differences).toEqual(['criteria']);
    expect(compared).toEqual({ results: false, findings: 'all' });
    expect(agencies).toMatchObject([{ conformity: null, readiness: null, regression: true, findings: [{ check: 'web-connect' }] }]);
    const alone = compare([{ id: 'a', web: 'pass', level: 3 }], [{ id: 'a', web: 'pass', level: 1 }], { after: { criteria: '2' } });
    expect(alone.agencies).toEqual([]);
  });

  it('other vantage: what depends on the way there is not compared, what is published is', () => {
    const gone = [finding('mx-addresses', 'a.gov.vn', { status: 'fail', subject: 'mail-domain', service: 'mail' })];
    const there = [finding('mx-addresses', 'a.gov.vn', { status: 'pass', subject: 'mail-domain', service: 'mail' })];
    const result = compare([{ id: 'a', web: 'pass', findings: there }], [{ id: 'a', web: 'fail', findings: gone }], {
      after: { vantage: 'hue' },
    });
    expect(result.differences).toEqual(['vantage']);
    expect(result.agencies.flatMap(({ findings }) => findings.map(({ check }) => check))).toEqual(['mx-addresses']);
  });

  it('a check switched off in one run: no verdict is compared, and its findings are neither gone nor new', () => {
    const before = nightReport({ day: 1, agencies: [{ id: 'a', web: 'pass' }] });
    const after = nightReport({ day: 2, agencies: [{ id: 'a', web: 'fail' }] });
    for (const agency of after.agencies) agency.findings = agency.findings.filter(({ check }) => check !== 'web-connect');
    const result = compareReports(before, after);
    expect([result.differences, result.agencies]).toEqual([['checks'], []]);
  });

  it.each<[string, boolean, boolean, number, number]>([
    ['both complete', true, true, 1, 1],
    ['earlier incomplete', false, true, 0, 1],
    ['later incomplete', true, false, 1, 0],
  ])('%s', (_, before, after, fresh, gone) => {
    const { summary } = compare([{ id: 'a', web: 'pass' }], [{ id: 'b', web: 'pass' }], {
      before: { complete: before },
      after: { complete: after },
    });
    expect([summary.new, summary.gone]).toEqual([fresh, gone]);
  });
});

describe('findings', () => {
  const one = (status: Parameters<typeof finding>[2]) => [finding('web-tls', 'a.gov.vn', status)];
  const ignored = { reason: 'planned', until: '2026-12-31' };
  it.each<[string, Parameters<typeof finding>[2], Parameters<typeof finding>[2], string | null, boolean]>([
    ['pass to warn is worse, and no regression', { status: 'pass' }, { status: 'warn' }, 'worsened', false],
    ['warn to fail', { status: 'warn' }, { status: 'fail' }, 'worsened', true],
    ['fail to warn', { status: 'fail' }, { status: 'warn' }, 'improved', false],
    ['warn to inconclusive', { status: 'warn' }, { status: 'inconclusive' }, null, false],
    ['inconclusive to fail', { status: 'inconclusive' }, { status: 'fail' }, null, false],
    ['skipped to fail', { status: 'skipped' }, { status: 'fail' }, null, false],
    ['not-applicable to fail is a change', { status: 'not-applicable' }, { status: 'fail' }, 'changed', false],
    ['other message', { status: 'fail', message: 'a' }, { status: 'fail', message: 'b' }, 'changed', false],
    ['unstable before', { status: 'warn', cause: 'unstable' }, { status: 'fail', cause: 'timeout' }, 'flapping', false],
    ['ignored', { status: 'pass' }, { status: 'fail', ignored }, 'ignored', false],
  ])('%s', (_, before, after, change, regression) => {
    const result = compare([{ id: 'a', web: 'pass', findings: one(before) }], [{ id: 'a', web: 'pass', findings: one(after) }]);
    const changes = result.agencies.flatMap(({ findings }) => findings);
    expect(changes.map((found) => [found.change, found.regression])).toEqual(change === null ? [] : [[change, regression]]);
    expect(result.summary.regressions).toBe(Number(regression));
  });

  it('a fault of a new host appears, one of a host no longer used is gone; neither is a regression', () => {
    const [old, fresh] = [finding('mx-reverse', 'mx1.vn', { status: 'fail' }), finding('mx-reverse', 'mx2.vn', { status: 'fail' })];
    const { agencies } = compare([{ id: 'a', web: 'pass', findings: [old] }], [{ id: 'a', web: 'pass', findings: [fresh] }]);
    expect(agencies).toMatchObject([{ change: 'changed', regression: false, findings: [{ change: 'appeared' }, { change: 'gone' }] }]);
  });

  it.each<[number | null, number | null, string | null]>([
    [3, 2, 'worsened'],
    [2, 3, 'improved'],
    [3, null, null],
    [null, 3, null],
    [3, 3, null],
  ])('readiness level %j to %j', (before, after, direction) => {
    const { agencies } = compare([{ id: 'a', web: 'pass', level: before }], [{ id: 'a', web: 'pass', level: after }]);
    expect(agencies[0]?.readiness ?? null).toBe(direction);
  });

  it('an agency that is in no share, and a service that is retired, fail no gate', () => {
    const uncounted = compare([{ id: 'a', web: 'pass', counted: 'not-counted' }], [{ id: 'a', web: 'fail', counted: 'not-counted' }]);
    expect([uncounted.agencies[0]?.change, uncounted.summary.regressions]).toEqual(['worsened', 0]);
    const before = nightReport({ day: 1, agencies: [{ id: 'a', web: 'pass', level: 3, findings: one({ status: 'pass' }) }] });
    const after = nightReport({ day: 2, agencies: [{ id: 'a', web: 'pass', level: 3, findings: one({ status: 'fail' }) }] });
    for (const { services } of after.agencies) for (const service of services) service.state = 'retired';
    expect(compareReports(before, after).summary).toMatchObject({ worsened: 1, regressions: 0 });
  });
});
