import { describe, expect, it } from 'vitest';
import { check as consistencyCheck } from '../../../src/checks/dns/aaaa-consistency.ts';
import { check as handlingCheck } from '../../../src/checks/dns/aaaa-handling.ts';
import { check as transportCheck } from '../../../src/checks/dns/transport-consistency.ts';
import type { AaaaFault, AaaaHandling } from '../../../src/facts/aaaa-handling.ts';
import type { AaaaSetsOfName } from '../../../src/facts/aaaa-sets.ts';
import type { FamilyDifference, FamilyDifferences } from '../../../src/facts/family-differences.ts';
import { zone, zoneSubject } from '../../support/dns-context.ts';

const difference = (kind: FamilyDifference['kind'], persistence: FamilyDifference['persistence']): FamilyDifference => ({
  ...{ server: 'a', name: zone, type: 'MX', kind, persistence },
  ...{ ipv6: 'NODATA', ipv4: '10 m' },
});
const text = `a ${zone} MX: IPv6 NODATA, IPv4 10 m`;

describe('transport-consistency', () => {
  const evaluate = (parts: Partial<FamilyDifferences>) =>
    transportCheck.evaluate(
      { familyDifferences: { zone, dualStack: ['a', 'b'], compared: ['a'], cause: null, differences: [], oneFamilyOnly: [], ...parts } },
      zoneSubject(),
    );
  it.each([
    ['equal', [], 'same-data'],
    ['serial', [difference('serial', 'persistent')], 'serial-lag'],
    ['lag that the second round removes', [difference('data', 'lag')], 'lag'],
    ['D19 NS or MX differ persistently', [difference('serial', 'persistent'), difference('data', 'persistent')], 'data-differs'],
    ['existence differs persistently', [difference('existence', 'persistent')], 'data-differs'],
    ['no second look', [difference('existence', 'unconfirmed')], 'unconfirmed'],
    ['geo', [difference('addresses', 'persistent')], 'addresses-vary'],
    ['geo, not looked at again', [difference('addresses', 'unconfirmed')], 'addresses-vary'],
  ] as const)('%s', (_title, differences, message) => {
    const result = evaluate({ differences: [...differences] });
    const list = differences.filter(({ kind }) => message !== 'data-differs' || kind !== 'serial').map(() => text);
    expect(result).toMatchObject({ message, values: message === 'same-data' ? { zone, servers: ['a'] } : { zone, differences: list } });
  });

  it('served over one family only: fail when confirmed, left out otherwise', () => {
    const one = { server: 'a', servedOver: 4 as const, unconfirmed: false };
    expect(evaluate({ oneFamilyOnly: [one] })).toMatchObject({
      message: 'one-family-only',
      values: { servers: ['a (IPv4)'] },
      cause: 'dns-inconsistent',
    });
    expect(evaluate({ oneFamilyOnly: [{ ...one, unconfirmed: true }], compared: [] })).toMatchObject({
      message: 'not-compared',
      values: { servers: ['a', 'b'] },
    });
  });

  it('nothing to compare', () => {
    expect(evaluate({ dualStack: [], compared: [] })).toEqual({ message: 'single-family', values: { zone } });
    expect(evaluate({ compared: [] })).toMatchObject({ message: 'not-compared', cause: 'dns-timeout' });
    expect(evaluate({ compared: [], cause: 'vantage-no-ipv6' })).toMatchObject({ message: 'not-compared', cause: 'vantage-no-ipv6' });
  });
});

describe('aaaa-handling', () => {
  const evaluate = (parts: Partial<AaaaHandling>) =>
    handlingCheck.evaluate(
      {
        aaaaHandling: {
          ...{ zone, judged: ['a [::1]'], faults: [], undecided: [], cause: null, control: [{ server: 'a', answered: false }] },
          ...parts,
        },
      },
      zoneSubject(),
    );
  const fault = (kind: AaaaFault['fault'], detail: string): AaaaFault => ({ server: 'a [::1]', name: `www.${zone}`, fault: kind, detail });
  it.each([
    ['D26 dropped', fault('dropped', 'timeout'), 'aaaa-dropped', 'no answer'],
    ['D26 NXDOMAIN', fault('nxdomain', 'NXDOMAIN'), 'aaaa-nxdomain', 'NXDOMAIN'],
    ['D26 NOTIMP', fault('error', 'NOTIMP'), 'aaaa-error', 'RCODE NOTIMP'],
    ['D26 wrong data', fault('wrong-data', 'A'), 'aaaa-wrong-data', 'wrong data A'],
  ] as const)('%s', (_title, seen, message, shown) => {
    const undecided = [{ server: 'b', name: 'x', cause: 'rate-limited' as const, answersA: true }];
    expect(evaluate({ faults: [seen], undecided })).toEqual({ message, values: { zone, faults: [`a [::1] www.${zone} AAAA: ${shown}`] } });
  });

  it('a control that is not answered never fails by itself', () => {
    expect(evaluate({})).toEqual({ message: 'handled-properly', values: { zone, servers: ['a [::1]'] } });
  });

  it('A fails too, or nobody answers: inconclusive', () => {
    const silent = { server: 'b', name: zone, cause: 'rate-limited' as const, answersA: true };
    expect(evaluate({ undecided: [silent, { server: 'a', name: zone, cause: 'dns-servfail', answersA: false }] })).toEqual({
      message: 'a-fails-too',
      values: { zone, undecided: [`a ${zone}: dns-servfail`] },
      cause: 'dns-servfail',
    });
    expect(evaluate({ judged: [], cause: 'dns-refused' })).toEqual({
      message: 'no-answering-server',
      values: { zone },
      cause: 'dns-refused',
    });
    expect(evaluate({ undecided: [silent] })).toEqual({
      message: 'aaaa-unsettled',
      values: { zone, undecided: [`b ${zone}: rate-limited`] },
      cause: 'rate-limited',
    });
  });
});

describe('aaaa-consistency', () => {
  const name = (state: AaaaSetsOfName['state'], parts: Partial<AaaaSetsOfName> = {}): AaaaSetsOfName => ({
    name: zone,
    state,
    allUsable: true,
    said: ['a: NODATA'],
    ...parts,
  });
  const evaluate = (...names: AaaaSetsOfName[]) =>
    consistencyCheck.evaluate({ aaaaSets: { zone, names, cause: 'dns-refused' } }, zoneSubject());
  const said = [`${zone} @ a: NODATA`];
  it.each([
    ['same', [name('same'), name('none')], 'same-aaaa', { names: [zone] }],
    ['differ, all usable', [name('differ'), name('same')], 'aaaa-differ', { said, allUsable: true }],
    ['differ, not all usable', [name('differ', { allUsable: false })], 'aaaa-differ', { said, allUsable: false }],
    ['lag', [name('lag'), name('same')], 'aaaa-lag', { said }],
    ['some have AAAA, some NODATA', [name('differ'), name('partly')], 'aaaa-on-some-servers', { said }],
    ['geo', [name('varies'), name('same')], 'aaaa-vary', { said }],
    ['none', [name('none'), name('unknown')], 'no-aaaa', {}],
    ['no second look', [name('unconfirmed'), name('same')], 'not-compared', { names: [zone] }],
    ['nothing measured', [name('unknown')], 'not-compared', { names: [zone] }],
  ])('%s', (_title, names, message, values) => {
    expect(evaluate(...names)).toMatchObject({ message, values: { zone, ...values } });
  });

  it('nothing measured: the cause is what the servers said', () => {
    expect(evaluate(name('unknown'))).toMatchObject({ message: 'not-compared', cause: 'dns-refused' });
  });
});
