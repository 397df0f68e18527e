import { describe, expect, it } from 'vitest';
import type { DnsRecord } from '../../src/model/dns.ts';
import { readMx } from '../../src/parsers/mail-exchangers.ts';
import { reverseName } from '../../src/parsers/reverse-name.ts';
import { isNoMailSpf, isSpfRecord, parseSpf } from '../../src/parsers/spf.ts';
import { walkSpf } from '../../src/parsers/spf-tree.ts';

describe('SPF records', () => {
  it.each([
    ['v=spf1', true],
    ['v=spf1 -all', true],
    ['V=SPF1 mx', true],
    ['v=spf10 -all', false],
    ['v=spf2.0/pra', false],
    ['', false],
  ])('%s is one: %s', (text, is) => {
    expect(isSpfRecord(text)).toBe(is);
  });

  it.each([
    ['ip6:2001:db8::1', true],
    ['ip6:2001:db8::/0', true],
    ['ip6:2001:db8::/128', true],
    ['ip6:2001:db8::/129', false],
    ['ip6:2001:db8::/', false],
    ['ip6:[2001:db8::1]', false],
    ['ip6:2001:db8:::1', false],
    ['ip6:192.0.2.1', false],
    ['ip6', false],
    ['ip4:192.0.2.0/32', true],
    ['ip4:192.0.2.0/33', false],
  ])('%s reads as a network: %s', (word, valid) => {
    expect(parseSpf(`v=spf1 ${word}`).terms[0]?.valid).toBe(valid);
  });

  it('reads qualifiers, names, CIDR lengths and modifiers', () => {
    const { terms, redirect } = parseSpf('v=spf1  ~A:Mail.X.vn./24//64 ?mx -include:_spf.y.vn exp=z.vn redirect=w.vn');
    expect(terms.map(({ qualifier, mechanism, value }) => [qualifier, mechanism, value])).toEqual([
      ['~', 'a', 'mail.x.vn'],
      ['?', 'mx', ''],
      ['-', 'include', '_spf.y.vn'],
    ]);
    expect(redirect).toBe('w.vn');
    expect(parseSpf('v=spf1 redirect=w.vn -all').redirect).toBeNull();
  });

  it.each([
    ['v=spf1 -all', true],
    ['v=spf1 ~all', false],
    ['v=spf1 mx -all', false],
    ['v=spf1', false],
  ])('M9 %s says that there is no mail: %s', (text, says) => {
    expect(isNoMailSpf(parseSpf(text))).toBe(says);
  });
});

describe('the SPF tree', () => {
  const walked = (records: Record<string, string[]>, limit = 10) => {
    const walk = walkSpf('x.vn', limit);
    const asked: string[] = [];
    let step = walk.next();
    while (step.done !== true) {
      const { name, type } = step.value;
      asked.push(`${name} ${type}`);
      const found = (records[`${name} ${type}`] ?? []).map((text): DnsRecord => {
        if (type === 'TXT') return { type, name, ttl: 1, text };
        return type === 'MX' ? { type, name, ttl: 1, preference: 1, exchange: text } : { type, name, ttl: 1, address: text };
      });
      step = walk.next({ known: true, records: found });
    }
    return { tree: step.value, asked };
  };

  it('stops at the first IPv6 way', () => {
    const { tree, asked } = walked({ 'x.vn TXT': ['v=spf1 include:y.vn ip6:2001:db8::1 -all'] });
    expect(tree.ipv6Path).toEqual({ domain: 'x.vn', term: 'ip6:2001:db8::1' });
    expect(asked).toEqual(['x.vn TXT']);
  });

  it('follows redirect, a and mx', () => {
    expect(walked({ 'x.vn TXT': ['v=spf1 redirect=y.vn'], 'y.vn TXT': ['v=spf1 ip6:2001:db8::1'] }).tree.ipv6Path?.domain).toBe('y.vn');
    expect(walked({ 'x.vn TXT': ['v=spf1 a -all'], 'x.vn AAAA': ['2001:db8::1'] }).tree.ipv6Path?.term).toBe('a');
    expect(walked({ 'x.vn TXT': ['v=spf1 mx -all'], 'x.vn MX': ['m.x.vn'], 'm.x.vn AAAA': ['2001:db8::1'] }).tree.ipv6Path?.term).toBe(
      'mx',
    );
  });

  it('ends with a loop, at the limit, and at what only a message decides', () => {
    expect(walked({ 'x.vn TXT': ['v=spf1 include:x.vn -all'] }).tree).toMatchObject({ ipv6Path: null, cut: false });
    expect(walked({ 'x.vn TXT': ['v=spf1 a:1.vn a:2.vn -all'] }, 2).tree).toMatchObject({ lookups: 2, cut: false });
    expect(walked({ 'x.vn TXT': ['v=spf1 a:1.vn a:2.vn a:3.vn -all'] }, 2).tree).toMatchObject({ lookups: 2, cut: true });
    expect(walked({ 'x.vn TXT': ['v=spf1 exists:%{i}.x.vn include:%{d}.y.vn -all'] }).tree.undecidable).toHaveLength(2);
  });

  it('a sender that may not pass is no way', () => {
    expect(walked({ 'x.vn TXT': ['v=spf1 -ip6:2001:db8::1 ~a ip4:192.0.2.1 -all'] }).tree).toMatchObject({
      ipv6Path: null,
      hasIpv4: true,
      lookups: 0,
    });
  });
});

describe('MX records', () => {
  const limits = { maxExchangersContacted: 10, preferencesContacted: 2 };
  const mx = (preference: number, exchange: string): DnsRecord => ({ type: 'MX', name: 'x.vn', ttl: 1, preference, exchange });

  it('by preference, each once, the two best preferences contacted', () => {
    const { exchangers, hasNull } = readMx([mx(20, 'b.vn'), mx(10, 'a.vn'), mx(30, 'a.vn'), mx(30, 'c.vn')], limits);
    expect(exchangers.map(({ name, contacted }) => `${name} ${contacted}`)).toEqual(['a.vn true', 'b.vn true', 'c.vn false']);
    expect(hasNull).toBe(false);
  });

  it('M7 ten are contacted, a hundred kept', () => {
    const many = Array.from({ length: 101 }, (_, index) => mx(10, `m${index}.vn`));
    const { exchangers, cut } = readMx(many, limits);
    expect([exchangers.length, cut, exchangers.filter(({ contacted }) => contacted).length]).toEqual([100, 1, 10]);
  });

  it.each([
    ['localhost', 'special-name'],
    ['mail.local', 'special-name'],
    ['192.0.2.1', 'address-literal'],
    ['[192.0.2.1]', 'address-literal'],
    ['[ipv6:2001:db8::1]', 'address-literal'],
    ['localhost.vn', null],
  ])('M13 %s: %s', (name, refused) => {
    expect(readMx([mx(10, name)], limits).exchangers[0]).toMatchObject({ refused, contacted: refused === null });
  });

  it('M9 null MX', () => {
    expect(readMx([mx(0, '')], limits)).toEqual({ exchangers: [], hasNull: true, cut: 0 });
  });
});

it('reverse names', () => {
  expect(reverseName('2001:db8::1')).toBe('1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa');
  expect(reverseName('192.0.2.1')).toBeNull();
});
