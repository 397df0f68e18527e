import { isIP } from 'node:net';
import dnsPacket from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DnsRecord } from '../../src/model/dns.ts';
import { type DecodedMessage, decodeMessage } from '../../src/net/dns-message.ts';
import { DnsMessageError } from '../../src/net/dns-message-error.ts';
import { pointer, u16, wireMessage, wireName, wireOpt, wireRecord } from '../support/dns-wire.ts';

/** Missing in the type declarations. */
const dnsPacketRecord = (dnsPacket as unknown as { record(type: string): { decode(bytes: Buffer, offset: number): string } }).record;

const limits = { maxPointersPerName: 32, maxNameStepsPerMessage: 65_536 };

/** Without the guard some messages take a second. A slow look is taken again: the machine's other work is not the codec's. */
const ENOUGH_MS = 50;

/** A message or our own error, quickly; anything else fails the property. */
function guarded(bytes: Uint8Array): DecodedMessage | null {
  let times = 0;
  for (;;) {
    const start = performance.now();
    const decoded = decodedOrNull(bytes);
    const elapsedMs = performance.now() - start;
    times += 1;
    if (elapsedMs > ENOUGH_MS && times < 5) continue;
    expect(elapsedMs).toBeLessThanOrEqual(ENOUGH_MS);
    for (const record of decoded === null ? [] : allRecords(decoded)) expectAddresses(record);
    return decoded;
  }
}

function decodedOrNull(bytes: Uint8Array): DecodedMessage | null {
  try {
    return decodeMessage(bytes, limits);
  } catch (error) {
    expect(error).toBeInstanceOf(DnsMessageError);
    return null;
  }
}

const allRecords = ({ response }: DecodedMessage) => [...response.answers, ...response.authorities, ...response.additionals];

function expectAddresses(record: DnsRecord): void {
  if (record.type === 'A') expect(isIP(record.address)).toBe(4);
  if (record.type === 'AAAA') expect(isIP(record.address)).toBe(6);
  if (record.type !== 'HTTPS' && record.type !== 'SVCB') return;
  for (const hint of record.params.ipv4hint) expect(isIP(hint)).toBe(4);
  for (const hint of record.params.ipv6hint) expect(isIP(hint)).toBe(6);
}

const knownTypes = [1, 2, 5, 6, 12, 15, 16, 28, 33, 39, 41, 43, 46, 48, 64, 65, 256];
const wireLabel = fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.concat([Buffer.from([bytes.length]), bytes]));
const wirePiece = fc.oneof(
  wireLabel,
  fc.nat(400).map(pointer),
  fc.constant(Buffer.from([0])),
  fc.constant(pointer(12)),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
);
const rdata = fc.array(wirePiece, { maxLength: 6 }).map((pieces) => Buffer.concat(pieces));

/** Records of known types with RDATA that is nearly right, lying lengths and wild owners. */
const anyRecord = fc
  .record({
    owner: fc.oneof(fc.constant(pointer(12)), fc.constant(wireName('')), rdata),
    type: fc.oneof(fc.constantFrom(...knownTypes), fc.nat(65_535)),
    rrClass: fc.constantFrom(1, 1, 1, 0x8001, 3),
    rdata,
    lie: fc.constantFrom(0, 0, 0, 1, -1, 7, 300),
  })
  .map((parts) => wireRecord({ ...parts, rdlength: Math.max(0, parts.rdata.length + parts.lie) }));

/** A valid message with one record of each judged type. */
const valid = wireMessage({
  answers: [
    wireRecord({ type: 1, rdata: Buffer.from([192, 0, 2, 1]) }),
    wireRecord({ type: 28, rdata: Buffer.from('20010db8000000000000000000000001', 'hex') }),
    wireRecord({ type: 5, rdata: Buffer.concat([Buffer.from([1, 0x62]), pointer(12)]) }),
    wireRecord({ type: 15, rdata: Buffer.concat([u16(10), wireName('mx.a.vn')]) }),
    wireRecord({ type: 16, rdata: Buffer.from([3, 0x61, 0x62, 0x63]) }),
    wireRecord({
      type: 65,
      rdata: Buffer.from('00010000010003026833000400040102030400060010'.concat('20010db8000000000000000000000001'), 'hex'),
    }),
    wireRecord({ type: 33, rdata: Buffer.concat([u16(1), u16(2), u16(3), wireName('s.vn')]) }),
  ],
  authorities: [wireRecord({ type: 2, rdata: Buffer.concat([Buffer.from([2, 0x6e, 0x73]), pointer(12)]) })],
  additionals: [wireRecord({ type: 48, rdata: Buffer.from([1, 1, 3, 13, 1, 2, 3]) }), wireOpt([[15, Buffer.from([0, 22, 0x61])]])],
});

describe('D1 D2 decodeMessage gives a message or its own error, in bounded time, and only real addresses', () => {
  it('for any bytes', () => {
    const bytes = fc.uint8Array({ minLength: 12, maxLength: 4_096, size: 'max' });
    fc.assert(
      fc.property(bytes, (input) => void guarded(input)),
      { numRuns: 1_500 },
    );
  });

  it('for 64 KiB of anything', () => {
    const bytes = fc.tuple(fc.uint8Array({ minLength: 12, maxLength: 300, size: 'max' }), fc.nat(2_000));
    const property = fc.property(bytes, ([part, shift]) => {
      const filled = Buffer.alloc(65_535, part);
      Buffer.from([0, 1, 0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).copy(filled, 0);
      guarded(filled.subarray(0, 65_535 - shift));
    });
    fc.assert(property, { numRuns: 100 });
  });

  it('for messages built of nearly right records', () => {
    const records = fc.array(anyRecord, { minLength: 1, maxLength: 30, size: 'max' });
    const property = fc.property(records, records, (answers, additionals) => void guarded(wireMessage({ answers, additionals })));
    fc.assert(property, { numRuns: 1_500 });
  });

  it('for mutations of a valid message', () => {
    const change = fc.record({ at: fc.nat(valid.length - 1), byte: fc.nat(255) });
    const property = fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(valid.length), (changes, length) => {
      const bytes = Buffer.from(valid.subarray(0, length % 3 === 0 ? length : valid.length));
      for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
      guarded(bytes);
    });
    fc.assert(property, { numRuns: 4_000 });
  });

  it('and the message itself is read whole', () => {
    const decoded = guarded(valid);
    expect(decoded === null ? 0 : allRecords(decoded).length).toBe(9);
    expect(decoded?.response.malformed).toEqual([]);
  });
});

const label = fc.stringMatching(/^[a-z0-9_-]{1,12}$/);
const name = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));
const count = fc.nat(65_535);
const serial = fc.nat(0x7fff_ffff);

/** What dns-packet encodes, and what we must read of it. */
const pair = fc.oneof(
  fc.ipV4().map((address) => [{ type: 'A', data: address }, { address }] as const),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => {
    const text = dnsPacketRecord('AAAA').decode(Buffer.concat([u16(16), bytes]), 0);
    return [{ type: 'AAAA', data: text }, { address: text }] as const;
  }),
  fc.tuple(fc.constantFrom('NS', 'CNAME', 'PTR', 'DNAME'), name).map(([type, target]) => [{ type, data: target }, { target }] as const),
  fc.tuple(count, name).map(
    ([preference, exchange]) =>
      [
        { type: 'MX', data: { preference, exchange } },
        { preference, exchange },
      ] as const,
  ),
  fc.tuple(count, count, count, name).map(([priority, weight, port, target]) => {
    const fields = { priority, weight, port, target };
    return [{ type: 'SRV', data: fields }, fields] as const;
  }),
  fc.tuple(name, name, serial, serial).map(([primary, mailbox, first, second]) => {
    const numbers = { serial: first, refresh: second, retry: 3, expire: 4, minimum: 5 };
    return [
      { type: 'SOA', data: { mname: primary, rname: mailbox, ...numbers } },
      { primary, mailbox, ...numbers },
    ] as const;
  }),
  fc.string({ maxLength: 200 }).map((text) => [{ type: 'TXT', data: text }, { text: Buffer.from(text).toString('latin1') }] as const),
  fc.tuple(count, fc.uint8Array({ minLength: 1, maxLength: 40 })).map(([keyTag, bytes]) => {
    const digest = Buffer.from(bytes);
    const fields = { keyTag, algorithm: 13, digestType: 2 };
    return [
      { type: 'DS', data: { ...fields, digest } },
      { ...fields, digest: digest.toString('hex') },
    ] as const;
  }),
  fc.uint8Array({ minLength: 1, maxLength: 64 }).map((bytes) => {
    const key = Buffer.from(bytes);
    return [
      { type: 'DNSKEY', data: { flags: 257, algorithm: 13, key } },
      { flags: 257, algorithm: 13, key: key.toString('base64') },
    ] as const;
  }),
);

describe('on well-formed messages', () => {
  it('reads what dns-packet wrote', () => {
    const entries = fc.array(fc.tuple(name, serial, pair), { minLength: 1, maxLength: 12 });
    const property = fc.property(count, name, entries, (id, asked, records) => {
      const answers = records.map(([owner, ttl, [sent]]) => ({ name: owner, ttl, class: 'IN', ...sent }));
      const bytes = dnsPacket.encode({
        type: 'response',
        id,
        questions: [{ type: 'A', name: asked }],
        answers: answers as dnsPacket.Answer[],
      });
      const decoded = guarded(bytes);
      expect(decoded?.header.id).toBe(id);
      expect(decoded?.question).toEqual({ name: asked, type: 'A', rrClass: 1 });
      expect(decoded?.response.malformed).toEqual([]);
      expect(decoded?.response.answers).toEqual(
        records.map(([owner, ttl, [sent, fields]]) => ({ type: sent.type, name: owner, ttl, ...fields })),
      );
    });
    fc.assert(property, { numRuns: 400 });
  });
});
