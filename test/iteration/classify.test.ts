import { describe, expect, test } from 'vitest';
import { classify } from '../../src/iteration/classify.ts';
import { minimisedLengths } from '../../src/iteration/names.ts';
import type { DnsResponse } from '../../src/model/dns.ts';
import { emptyResponse, nsRecords, parseRecord, soaRecord } from '../support/fake-zones.ts';

const asked = { zone: 'gov.vn', name: 'www.x.gov.vn', type: 'A' };
const record = (line: string) => parseRecord(line, '');

describe('classify', () => {
  test.each<[string, Partial<DnsResponse>, string]>([
    ['an answer with authority', { authoritative: true, answers: [record('www.x.gov.vn A 192.0.2.1')] }, 'answer'],
    ['an answer without authority', { answers: [record('www.x.gov.vn A 192.0.2.1')] }, 'lame'],
    ['an answer about another name', { authoritative: true, answers: [record('www.y.gov.vn A 192.0.2.1')] }, 'nodata'],
    ['an alias', { authoritative: true, answers: [record('www.x.gov.vn CNAME a.vn')], rcode: 'NXDOMAIN' }, 'alias'],
    ['a DNAME above the name', { authoritative: true, answers: [record('x.gov.vn DNAME y.vn')] }, 'alias'],
    ['a DNAME outside the zone', { authoritative: true, answers: [record('vn DNAME y.example')] }, 'nodata'],
    ['NODATA', { authoritative: true, authorities: [soaRecord('gov.vn')] }, 'nodata'],
    ['NODATA without SOA', { authoritative: true }, 'nodata'],
    ['NODATA without AA', { authorities: [soaRecord('gov.vn')] }, 'lame'],
    ['NODATA with the SOA of another zone', { authoritative: true, authorities: [soaRecord('com.vn')] }, 'lame'],
    ['NODATA with the SOA of a zone above', { authoritative: true, authorities: [soaRecord('vn')] }, 'lame'],
    ['NXDOMAIN', { authoritative: true, rcode: 'NXDOMAIN', authorities: [soaRecord('gov.vn')] }, 'nxdomain'],
    ['NXDOMAIN without AA', { rcode: 'NXDOMAIN', authorities: [soaRecord('gov.vn')] }, 'lame'],
    ['a referral', { authorities: nsRecords('x.gov.vn', ['ns.x.gov.vn']) }, 'referral'],
    ['a referral with AA set', { authoritative: true, authorities: nsRecords('x.gov.vn', ['ns.x.gov.vn']) }, 'referral'],
    ['a referral to a zone that does not enclose the name', { authorities: nsRecords('y.gov.vn', ['ns.x.gov.vn']) }, 'lame'],
    ['a referral to the zone itself', { authorities: nsRecords('gov.vn', ['ns.gov.vn']) }, 'upward-referral'],
    ['a referral to the root', { authorities: nsRecords('', ['a.root']) }, 'upward-referral'],
    ['nothing at all', {}, 'lame'],
    ['SERVFAIL', { rcode: 'SERVFAIL' }, 'error'],
    ['NOTIMP', { rcode: 'NOTIMP' }, 'error'],
  ])('D14 D25 %s', (_title, response, kind) => {
    expect(classify({ ...emptyResponse, ...response }, asked).kind).toBe(kind);
  });

  test('D25 glue counts for the referred servers inside the zone alone', () => {
    const additionals = [
      'ns1.x.gov.vn A 192.0.2.1',
      'ns1.x.gov.vn AAAA 2001:db8::1',
      'ns.bank.vn A 192.0.2.66',
      'other.gov.vn A 192.0.2.67',
    ].map(record);
    const found = classify({ ...emptyResponse, authorities: nsRecords('x.gov.vn', ['ns1.x.gov.vn', 'ns.bank.vn']), additionals }, asked);
    expect(found).toEqual({
      kind: 'referral',
      zone: 'x.gov.vn',
      ns: ['ns.bank.vn', 'ns1.x.gov.vn'],
      glue: [
        { name: 'ns1.x.gov.vn', address: '192.0.2.1', family: 4 },
        { name: 'ns1.x.gov.vn', address: '2001:db8::1', family: 6 },
      ],
    });
  });

  test('a DNAME keeps what stands before its owner, and refuses names that grow too long', () => {
    const through = (target: string) =>
      classify({ ...emptyResponse, authoritative: true, answers: [{ type: 'DNAME', name: 'x.gov.vn', ttl: 1, target }] }, asked);
    expect(through('y.vn')).toMatchObject({ kind: 'alias', target: 'www.y.vn' });
    expect(through('a.'.repeat(125).concat('vn'))).toMatchObject({ kind: 'error', rcode: 'YXDOMAIN' });
  });
});

test('long names are walked in growing steps', () => {
  expect(minimisedLengths('www.x.gov.vn')).toEqual([1, 2, 3, 4]);
  expect(minimisedLengths('')).toEqual([]);
  expect(minimisedLengths(`${'0.'.repeat(32)}ip6.arpa`)).toEqual([1, 2, 3, 4, 9, 14, 19, 24, 29, 34]);
});
