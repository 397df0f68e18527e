import { describe, expect, it } from 'vitest';
import { chainFrom, landing } from '../../src/facts/web-chain.ts';
import { apex, type HostAddresses, http, v4, v6, webContext } from '../support/web-evidence.ts';

const url = `https://${apex}/`;
const next = 'https://b.example/x?y=1';

describe('chainFrom', () => {
  const chain = (observations: Parameters<typeof webContext>[0]['observations'], b: HostAddresses = { 6: ['2001:ee0::b'] }) =>
    chainFrom(webContext({ hosts: { [apex]: { 6: [v6], 4: [v4] }, 'b.example': b }, observations: observations ?? [] }), url, 6);
  const moved = http(url, v6, { location: next });

  it('follows over one family only', () => {
    const found = chain([moved, http(url, v4), http(next, '2001:ee0::b')]);
    expect(found).toMatchObject({ end: 'page', family: 6 });
    expect(found.hops.map((hop) => hop.url)).toEqual([url, next]);
    expect(landing(found)?.host).toBe('b.example');
  });

  it('takes the first round that was answered', () => {
    const found = chain([http(url, v6, { fails: 'reset' }), http(url, v6, { round: 'retest' })]);
    expect(found.end).toBe('page');
    expect(found.hops[0]?.answer?.request.round).toBe('retest');
  });

  it.each([
    { title: 'W7 no address, by evidence', b: { 4: [v4] }, end: 'no-address', cause: null },
    { title: 'address unknown', b: { unknown6: 'dns-timeout' as const }, end: 'unknown', cause: 'dns-timeout' },
    { title: 'not asked', b: { 6: ['2001:ee0::b'] }, end: 'unknown', cause: 'not-attempted' },
  ])('$title: $end', ({ b, end, cause }) => {
    expect(chain([moved], b)).toMatchObject({ end, cause });
  });

  it('ends at a failed hop, a loop, a literal and a bad target', () => {
    expect(chain([moved, http(next, '2001:ee0::b', { fails: 'refused' })]).end).toBe('failed');
    expect(chain([http(url, v6, { location: url })]).end).toBe('loop');
    expect(chain([http(url, v6, { location: '//2130706433/' })])).toMatchObject({ end: 'literal' });
    expect(chain([http(url, v6, { status: 302 })])).toMatchObject({ end: 'bad-target', reason: 'no-location' });
  });
});
