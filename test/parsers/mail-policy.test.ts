import { describe, expect, it } from 'vitest';
import type { DnsRecord } from '../../src/model/dns.ts';
import { mtaStsHost, srvHosts } from '../../src/parsers/mail-policy.ts';

const txt = (text: string): DnsRecord => ({ type: 'TXT', name: '_mta-sts.x.vn', ttl: 1, text });
const srv = (target: string, port: number, priority = 10): DnsRecord => ({
  type: 'SRV',
  name: '_imaps._tcp.x.vn',
  ttl: 1,
  priority,
  weight: 0,
  port,
  target,
});

describe('mtaStsHost', () => {
  it.each([
    ['v=STSv1; id=1', true],
    ['v=STSv1;id=1', true],
    ['v=STSv1 ; id=1', true],
    ['v=STSv2; id=1', false],
    ['v=STSv10; id=1', false],
    ['x v=STSv1; id=1', false],
  ])('%s', (text, is) => {
    expect(mtaStsHost('x.vn', [txt(text)]).length).toBe(is ? 1 : 0);
  });
});

describe('srvHosts', () => {
  it('best first, at most four, and no service where the target is the root', () => {
    expect(srvHosts('imaps', [srv('', 0)])).toEqual([]);
    expect(srvHosts('imaps', [srv('b.vn', 993, 20), srv('a.vn', 993, 10)]).map(({ host }) => host)).toEqual(['a.vn', 'b.vn']);
    expect(
      srvHosts(
        'imaps',
        Array.from({ length: 9 }, (_, index) => srv(`h${index}.vn`, 993)),
      ).length,
    ).toBe(4);
  });

  it.each([
    [993, 993],
    [465, 465],
    [22, null],
    [25, null],
    [65_535, null],
  ])('port %i of a record is dialled only when it is one of mail', (port, dialled) => {
    expect(srvHosts('submissions', [srv('a.vn', port)])).toEqual([{ use: 'submissions', host: 'a.vn', port: dialled }]);
  });
});
