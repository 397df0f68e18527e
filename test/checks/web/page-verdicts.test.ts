import { describe, expect, it } from 'vitest';
import { check as onlyDependencies } from '../../../src/checks/ipv6-only/ipv6-only-dependencies.ts';
import { check as webContent } from '../../../src/checks/web/web-content.ts';
import { check as webDependencies } from '../../../src/checks/web/web-dependencies.ts';
import { check as webLiterals } from '../../../src/checks/web/web-literals.ts';
import { check as webResponse } from '../../../src/checks/web/web-response.ts';
import type { WebLiterals } from '../../../src/facts/web-literals.ts';
import type { PageSide, WebPages } from '../../../src/facts/web-pages.ts';
import type { BodyEvidence } from '../../../src/model/observation.ts';
import { apex, hostSubject, serviceSubject } from '../../support/web-evidence.ts';

const body = { textLength: 900 } as BodyEvidence;
const side = (statuses: number[], more: Partial<PageSide> = {}): PageSide => ({
  ...{ url: `https://${apex}/`, statuses, retested: false, rateLimited: false, challenged: false, defaultPage: false },
  ...{ bodies: statuses.some((status) => status === 200) ? [body] : [], title: 't' },
  ...more,
});
const good = side([200, 200]);
const pages = (more: Partial<WebPages>): WebPages => ({
  ...{ host: apex, presence: 'published', ipv4Published: true, reach: 'page', cause: null, step: null, ipv6: good, ipv4: good },
  ...{ ipv4State: 'page', ipv4Cause: 'vantage-no-ipv4', stalled: false, likeness: null },
  ...more,
});

type Row = [title: string, parts: Partial<WebPages>, message: string, cause?: string];

describe('web-response of pages as they were seen', () => {
  const rows: Row[] = [
    ['silent and timed out', { reach: 'silent', cause: 'timeout' }, 'path-mtu-suspected', 'path-mtu-suspected'],
    ['silent and reset', { reach: 'silent', cause: 'reset' }, 'no-response', 'reset'],
    ['a redirect that is broken, after a timeout', { reach: 'redirect-broken', cause: 'timeout' }, 'redirect-broken'],
    ['no connection, after a timeout', { reach: 'no-connection', cause: 'timeout' }, 'no-connection'],
    ['199 is no good status', { ipv6: side([199, 199]) }, 'status-worse-over-ipv6', 'status-worse-over-ipv6'],
    ['399 is', { ipv6: side([399, 399]) }, 'responds'],
    ['400 is not', { ipv6: side([400, 400]) }, 'status-worse-over-ipv6', 'status-worse-over-ipv6'],
    ['503 the first time, asked no more', { ipv6: side([503, 503]) }, 'waf-challenge', 'waf-challenge'],
    ['503 again in the retest', { ipv6: side([503, 503], { retested: true }) }, 'status-worse-over-ipv6', 'status-worse-over-ipv6'],
    ['one answer over IPv6', { ipv6: side([500]) }, 'seen-once', 'unstable'],
    ['one answer over IPv4', { ipv6: side([500, 500]), ipv4: side([200]) }, 'seen-once', 'unstable'],
    ['429 after a good answer', { ipv6: side([200, 429]) }, 'responds-then-limited'],
    ['403 after a good answer', { ipv6: side([200, 403]) }, 'responds-then-limited'],
    ['500 after a good answer', { ipv6: side([200, 500]) }, 'sometimes-worse'],
    ['500 after a good answer, in both families', { ipv6: side([200, 500]), ipv4: side([200, 500]) }, 'responds'],
    ['500 after a good answer, no page over IPv4', { ipv6: side([200, 500]), ipv4: side([]), ipv4State: 'failing' }, 'responds'],
    ['challenged with 200 and no page', { ipv6: side([200], { challenged: true, bodies: [] }) }, 'waf-challenge', 'waf-challenge'],
    ['challenged once, then a page', { ipv6: side([200, 200], { challenged: true }) }, 'responds'],
    ['200 without a page', { ipv6: side([200], { bodies: [] }) }, 'responds'],
    ['the default page', { ipv6: side([200], { defaultPage: true }) }, 'default-page'],
    [
      'the default page, nothing over IPv4 to compare',
      { ipv6: side([200], { defaultPage: true }), ipv4: side([200], { bodies: [] }) },
      'responds',
    ],
    ['the default page in both', { ipv6: side([200], { defaultPage: true }), ipv4: side([200], { defaultPage: true }) }, 'responds'],
    [
      'an error, and A records that could not be looked up',
      { ipv6: side([500, 500]), ipv4: side([]), ipv4State: 'not-measured', ipv4Cause: 'dns-servfail' },
      'ipv4-not-measurable',
      'dns-servfail',
    ],
    [
      'an error, and IPv4 fails',
      { ipv6: side([500, 500]), ipv4: side([]), ipv4State: 'failing' },
      'ipv4-not-measurable',
      'both-families-down',
    ],
  ];
  it.each(rows)('%s: %s', (_title, parts, message, cause) => {
    const outcome = webResponse.evaluate({ webPages: pages(parts) }, hostSubject(apex));
    expect(outcome.message).toBe(message);
    expect(outcome.cause).toBe(cause);
  });
});

describe('web-content of pages as they were seen', () => {
  const likeness = (verdict: NonNullable<WebPages['likeness']>['verdict']): WebPages['likeness'] => ({
    ...{ verdict, signal: 0.1, noise: 0, titleEqual: true, canonicalEqual: true },
  });
  const rows: Row[] = [
    ['silent and timed out', { reach: 'silent', cause: 'timeout' }, 'path-mtu-suspected', 'path-mtu-suspected'],
    ['silent and reset', { reach: 'silent', cause: 'reset', ipv6: side([]) }, 'no-page'],
    ['no connection, after a timeout', { reach: 'no-connection', cause: 'timeout', ipv6: side([]) }, 'no-page'],
    ['no connection, whatever was once seen', { reach: 'no-connection', likeness: likeness('same') }, 'no-page'],
    ['limited over IPv6', { ipv6: side([429], { rateLimited: true }) }, 'rate-limited', 'rate-limited'],
    ['limited over IPv4', { ipv4: side([429], { rateLimited: true }) }, 'rate-limited', 'rate-limited'],
    ['challenged over IPv4', { ipv4: side([403], { challenged: true }) }, 'waf-challenge', 'waf-challenge'],
    ['503 over IPv6', { ipv6: side([503]) }, 'waf-challenge', 'waf-challenge'],
    ['404 over IPv6', { ipv6: side([404]) }, 'no-page'],
    ['400 over IPv6', { ipv6: side([400]) }, 'no-page'],
    ['200 over IPv6, never whole', { ipv6: side([200], { bodies: [] }) }, 'undecided', 'content-unstable'],
    [
      'too rare to compare, behind a limit',
      { likeness: likeness('unstable'), ipv6: side([200, 429], { rateLimited: true }) },
      'rate-limited',
      'rate-limited',
    ],
    [
      'too rare to compare, behind a challenge',
      { likeness: likeness('unstable'), ipv4: side([200, 403], { challenged: true }) },
      'waf-challenge',
      'waf-challenge',
    ],
    ['another each time', { likeness: likeness('unstable') }, 'content-unstable', 'content-unstable'],
    [
      'A records that could not be looked up',
      { ipv4: side([]), ipv4State: 'not-measured', ipv4Cause: 'dns-servfail' },
      'ipv4-not-measurable',
      'dns-servfail',
    ],
  ];
  it.each(rows)('%s: %s', (_title, parts, message, cause) => {
    const outcome = webContent.evaluate({ webPages: pages(parts) }, hostSubject(apex));
    expect(outcome.message).toBe(message);
    expect(outcome.cause).toBe(cause);
  });
});

describe('what a page needs, where its list was cut', () => {
  const base = { host: apex, presence: 'published', pageUrl: '', dependencies: [], needsScript: false } as const;
  it('none seen in part of it is not none', () => {
    const judge = (cut: boolean) => webDependencies.evaluate({ webDependencies: { ...base, dependencies: [], cut } }, hostSubject(apex));
    expect([judge(true), judge(false)]).toMatchObject([{ message: 'part-has-ipv6', confidence: 0.8 }, { message: 'none' }]);
    const judgeOnly = (cut: boolean) =>
      onlyDependencies.evaluate({ ipv6OnlyDependencies: { ...base, dependencies: [], cut } }, serviceSubject());
    expect([judgeOnly(true), judgeOnly(false)]).toMatchObject([
      { message: 'work-as-far-as-measured', confidence: 0.8 },
      { message: 'none' },
    ]);
  });

  it('literals in places that matter are shown before all others', () => {
    const literal = (url: string, blocking: boolean): WebLiterals['found'][number] => ({
      address: '9.9.9.9',
      place: 'script',
      url,
      blocking,
    });
    const found = [literal('a', false), literal('b', true)];
    const judge = (list: WebLiterals['found']) =>
      webLiterals.evaluate({ webLiterals: { host: apex, presence: 'published', found: list, cut: false, pageUrl: '' } }, hostSubject(apex));
    expect(judge(found)).toMatchObject({ message: 'in-working-places', values: { literals: ['script: b'], count: 2 } });
    expect(judge(found.slice(0, 1))).toMatchObject({ message: 'in-plain-places', values: { literals: ['script: a'] } });
  });
});
