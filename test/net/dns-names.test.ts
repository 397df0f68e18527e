import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DnsMessageError } from '../../src/net/dns-message-error.ts';
import { canonicalName, encodeName, NameReader } from '../../src/net/dns-names.ts';
import { pointer, wireName } from '../support/dns-wire.ts';

const limits = { maxPointersPerName: 32, maxNameStepsPerMessage: 65_536 };
const header = Buffer.alloc(12);
const read = (bytes: Buffer, offset = 12) => new NameReader(Buffer.concat([header, bytes]), limits).read(offset);
const label = (bytes: Buffer) => Buffer.concat([Buffer.from([bytes.length]), bytes]);

describe('NameReader', () => {
  it.each([
    ['the root', Buffer.from([0]), '', 13],
    ['upper case', wireName('WWW.Gov.VN'), 'www.gov.vn', 24],
    ['underscores and digits', wireName('_25._tcp.mx1.vn'), '_25._tcp.mx1.vn', 29],
  ])('reads %s', (_, bytes, name, end) => {
    expect(read(bytes)).toEqual({ ok: true, name, end });
  });

  it('D12 label with ESC, NUL, dot, backslash and 8-bit bytes keeps its bytes as decimal escapes', () => {
    const raw = Buffer.concat([label(Buffer.from([0x1b, 0x2e, 0x5c, 0x00, 0xe1, 0x20, 0x41])), wireName('vn')]);
    const found = read(raw);
    expect(found).toMatchObject({ ok: true, name: '\\027\\046\\092\\000\\225\\032a.vn' });
    expect(encodeName('\\027\\046\\092\\000\\225\\032a.vn').equals(Buffer.from(raw.map((byte) => (byte === 0x41 ? 0x61 : byte))))).toBe(
      true,
    );
  });

  it('follows a pointer and ends behind it', () => {
    const bytes = Buffer.concat([wireName('gov.vn'), label(Buffer.from('www')), pointer(12)]);
    expect(read(bytes, 20)).toEqual({ ok: true, name: 'www.gov.vn', end: 26 });
  });

  it.each([
    ['D2 pointer to itself', pointer(12)],
    ['D2 forward pointer', Buffer.concat([pointer(14), wireName('vn')])],
    ['D2 pointer past the end', pointer(4000)],
    ['D2 pointer into its own labels', Buffer.concat([label(Buffer.from('aa')), pointer(12)])],
    ['D2 pointer into the header', pointer(4)],
  ])('%s is refused with its end known', (_, bytes) => {
    expect(read(bytes)).toMatchObject({
      ok: false,
      problem: 'compression pointer does not point to a prior name',
      end: expect.any(Number),
    });
  });

  it('D2 loop of two pointers is refused', () => {
    expect(read(Buffer.concat([pointer(14), pointer(12)]), 14)).toMatchObject({ ok: false });
  });

  it('D2 32 pointers are followed, 33 are not', () => {
    const chain = [wireName('vn'), pointer(12), ...Array.from({ length: 40 }, (_, at) => pointer(16 + 2 * at))];
    const bytes = Buffer.concat(chain);
    expect(read(bytes, 16 + 2 * 31)).toMatchObject({ ok: true, name: 'vn' });
    expect(read(bytes, 16 + 2 * 32)).toEqual({ ok: false, problem: 'too many compression pointers', end: 16 + 2 * 33 });
  });

  it.each([
    ['label types 01 and 10', Buffer.from([0x41, 1, 0])],
    ['no final label', Buffer.from([2, 0x61, 0x61])],
    ['a label past the end', Buffer.from([9, 0x61])],
    ['half a pointer', Buffer.from([0xc0])],
    ['nothing', Buffer.alloc(0)],
  ])('does not find the end of %s', (_, bytes) => {
    expect(read(bytes)).toMatchObject({ ok: false, end: null });
  });

  it('reads names of 255 octets and no longer ones', () => {
    const full = (last: number) => wireName([63, 63, 63, last].map((length) => 'a'.repeat(length)).join('.'));
    expect(full(61)).toHaveLength(255);
    expect(read(full(61))).toMatchObject({ ok: true, end: 267 });
    expect(read(full(62))).toMatchObject({ ok: false, problem: 'name longer than 255 octets' });
  });

  it('throws when the work budget of the message is used up', () => {
    const reader = new NameReader(Buffer.concat([header, wireName('a.b')]), { ...limits, maxNameStepsPerMessage: 6 });
    expect(reader.read(12)).toMatchObject({ ok: true });
    expect(reader.read(12)).toMatchObject({ ok: true });
    expect(() => reader.read(12)).toThrow(expect.objectContaining({ code: 'work-budget' }));
  });

  it('refuses compression where it is forbidden', () => {
    const reader = new NameReader(Buffer.concat([header, wireName('vn'), pointer(12)]), limits);
    expect(reader.read(16, false)).toEqual({ ok: false, problem: 'name is compressed', end: 18 });
  });
});

describe('encodeName', () => {
  it.each(['', 'vn', 'www.gov.vn', '_dmarc.gov.vn', '\\046.vn', '\\..vn', '\\\\.vn', 'a'.repeat(63)])('takes %j', (name) => {
    expect(encodeName(name).at(-1)).toBe(0);
  });

  it('takes 253 characters and refuses 254', () => {
    const name = (last: number) => [63, 63, 63, last].map((length) => 'a'.repeat(length)).join('.');
    expect(encodeName(name(61))).toHaveLength(255);
    expect(() => encodeName(name(62))).toThrow(DnsMessageError);
  });

  it.each(['.', 'a..vn', '.vn', 'gov.vn.', 'a'.repeat(64), 'bộ.vn', '\\256.vn', '\\12.vn', 'vn\\', '\\\u00e9.vn', 'a.'.repeat(5_000)])(
    'refuses %j',
    (name) => {
      expect(() => encodeName(name)).toThrow(expect.objectContaining({ name: 'DnsMessageError', code: 'name' }));
    },
  );

  it('any labels go round', () => {
    const labels = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(labels, (parts) => {
        const wire = Buffer.concat([...parts.map((part) => label(Buffer.from(part))), Buffer.from([0])]);
        const found = read(wire);
        const name = found.ok ? found.name : 'not read';
        expect(/^[\x21-\x7e]+$/.test(name)).toBe(true);
        expect(read(encodeName(name))).toMatchObject({ ok: true, name, end: 12 + wire.length });
        expect(canonicalName(name)).toBe(name);
      }),
    );
  });

  it('canonicalName brings every spelling to one', () => {
    expect(canonicalName('WWW\\.a.\\071ov.VN')).toBe('www\\046a.gov.vn');
  });
});
