import { describe, expect, it } from 'vitest';
import { check } from '../../../src/checks/ipv6-only/ipv6-only-names.ts';
import type { NameUnderIpv6Only } from '../../../src/facts/ipv6-only-names.ts';
import { zoneSubject } from '../../support/dns-context.ts';

const host = 'www.bo.gov.vn';
const name = (state: NameUnderIpv6Only['state'], parts: Partial<NameUnderIpv6Only> = {}): NameUnderIpv6Only => ({
  ...{ name: host, role: 'host', state, cause: null, brokenCut: null, operators: [], oneServerCuts: [] },
  ...parts,
});
const broken: Partial<NameUnderIpv6Only> = { cause: 'dns-lame', brokenCut: 'cdn.vn', operators: ['provider.vn'] };
const evaluate = (names: NameUnderIpv6Only[], cut = false) =>
  check.evaluate({ ipv6OnlyNames: { names, cut } }, { ...zoneSubject(host), kind: 'service' });

describe('ipv6-only-names', () => {
  it.each([
    [
      'all resolve',
      [name('resolves'), name('resolves', { name: 'x.cdn.vn', role: 'alias' })],
      'all-resolve',
      { names: [host, 'x.cdn.vn'] },
      undefined,
    ],
    ['one server at a cut', [name('resolves', { oneServerCuts: ['bo.gov.vn'] })], 'one-server-at-cut', { zones: ['bo.gov.vn'] }, undefined],
    [
      'an NS name breaks',
      [name('resolves'), name('broken', { name: 'ns.x.vn', role: 'name-server', ...broken })],
      'name-server-name-broken',
      { broken: ['ns.x.vn (cdn.vn, provider.vn)'] },
      'dns-lame',
    ],
    [
      'an alias breaks',
      [name('resolves'), name('broken', { name: 'x.cdn.vn', role: 'alias', ...broken })],
      'name-broken',
      { broken: ['x.cdn.vn (cdn.vn, provider.vn)'], operators: ['provider.vn'] },
      'dns-lame',
    ],
    [
      'broken beside unknown',
      [name('broken', broken), name('unknown', { cause: 'vantage-no-ipv6' })],
      'name-broken',
      { operators: ['provider.vn'] },
      'dns-lame',
    ],
    ['no such host', [name('absent')], 'host-not-found', {}, undefined],
    [
      'not measurable from here',
      [name('unknown', { cause: 'vantage-no-ipv6' })],
      'not-judged',
      { open: [`${host}: vantage-no-ipv6`] },
      'vantage-no-ipv6',
    ],
    [
      'broken with both families',
      [name('broken-everywhere', { cause: 'dns-servfail' })],
      'not-judged',
      { open: [`${host}: dns-servfail`] },
      'dns-servfail',
    ],
    [
      'an NS name is open',
      [name('resolves'), name('unknown', { name: 'ns.x.vn', role: 'name-server', cause: 'not-attempted' })],
      'not-judged',
      { open: ['ns.x.vn: not-attempted'] },
      'not-attempted',
    ],
  ] as const)('%s', (_title, names, message, values, cause) => {
    const result = evaluate(names.map((each) => ({ ...each })));
    expect(result).toMatchObject({ message, values: { host, ...values } });
    expect(result.cause).toBe(cause);
  });

  it('D18 what was cut is neither passed nor failed', () => {
    expect(evaluate([name('resolves')], true)).toMatchObject({ message: 'not-judged', cause: 'budget-exhausted' });
  });
});
