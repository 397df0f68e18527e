import { describe, expect, it } from 'vitest';
import { type DnsKey, keyTag, matchesDs, verifies } from '../../src/dnssec/keys.ts';
import { compareNames, nameWire } from '../../src/dnssec/names.ts';
import { rootAnchors } from '../../src/dnssec/root-anchors.ts';
import { setOf, type Verifier, verifySet } from '../../src/dnssec/verify-set.ts';
import type { DnsRecord } from '../../src/model/dns.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { cpuMs } from '../support/processor-time.ts';
import { aaaa, makeKey, rrsig, type Signing, signed, signedAtMs, type ZoneKey } from '../support/signed-zone.ts';

const zone = 'bo.gov.vn';
const hour = 3_600;

function verifier(keys: readonly ZoneKey[], parts: Partial<Verifier> = {}): Verifier {
  return { zone, keys: keys.map(({ record }) => record), atMs: signedAtMs, limits: defaultSettings.dns, ...parts };
}

const addresses = [aaaa('www.bo.gov.vn', '2001:dc8::2'), aaaa('www.bo.gov.vn', '2001:dc8::1')];

function verdict(section: readonly DnsRecord[], keys: readonly ZoneKey[], parts: Partial<Verifier> = {}) {
  return verifySet(setOf(section, 'www.bo.gov.vn', 'AAAA'), verifier(keys, parts));
}

describe('one signed set', () => {
  it.each([
    ['RSA/SHA-256', 8],
    ['RSA/SHA-512', 10],
    ['ECDSA P-256', 13],
    ['ECDSA P-384', 14],
    ['Ed25519', 15],
  ])('%s verifies, in whatever order the records come, and not when spoilt', (_title, algorithm) => {
    const key = makeKey(zone, algorithm);
    expect(verdict(signed(addresses, { key }), [key])).toEqual({ state: 'secure' });
    expect(verdict(signed(addresses.toReversed(), { key }), [key])).toEqual({ state: 'secure' });
    expect(verdict(signed(addresses, { key, spoil: true }), [key])).toEqual({ state: 'bogus', reason: 'signature-wrong' });
  });

  const key = makeKey(zone);
  const other = makeKey(zone);
  it.each<[string, Partial<Signing>, ZoneKey[], string]>([
    ['expired two hours ago', { until: -2 * hour }, [key], 'expired'],
    ['begins in two hours', { from: 2 * hour }, [key], 'not-yet-valid'],
    ['of another key', {}, [other], 'no-matching-key'],
    ['of another key with the tag of ours', { tag: keyTag(other.record) }, [other], 'signature-wrong'],
    ['by another zone', { signer: 'gov.vn' }, [key], 'no-signature'],
  ])('D20 a signature %s is bogus', (_title, parts, keys, reason) => {
    expect(verdict(signed(addresses, { key, ...parts }), keys)).toEqual({ state: 'bogus', reason });
  });

  it('expiry within the clock skew of an hour is not held against the zone', () => {
    expect(verdict(signed(addresses, { key, until: -hour + 60 }), [key])).toEqual({ state: 'secure' });
    expect(verdict(signed(addresses, { key, from: hour - 60 }), [key])).toEqual({ state: 'secure' });
    expect(verdict(signed(addresses, { key, until: -hour - 60 }), [key])).toEqual({ state: 'bogus', reason: 'expired' });
  });

  it('one good signature beside bad ones is enough; none is bogus; another set is not covered', () => {
    const section = [
      ...addresses,
      rrsig(addresses, { key, until: -day }),
      rrsig(addresses, { key, spoil: true }),
      rrsig(addresses, { key }),
    ];
    expect(verdict(section, [other, key])).toEqual({ state: 'secure' });
    expect(verdict(addresses, [key])).toEqual({ state: 'bogus', reason: 'no-signature' });
    expect(verdict([...signed(addresses, { key }), aaaa('www.bo.gov.vn', '2001:dc8::bad')], [key])).toEqual({
      state: 'bogus',
      reason: 'signature-wrong',
    });
  });

  it('a set that a wildcard gave is verified with the name of the wildcard (RFC 4034 §3.1.3)', () => {
    expect(verdict(signed(addresses, { key, labels: 3 }), [key])).toEqual({ state: 'secure' });
  });

  it('broken RRSIG and keys verify nothing and throw nothing', () => {
    const junk = (hex: string): DnsRecord => ({ type: 'OTHER', name: 'www.bo.gov.vn', ttl: 1, rrType: 'RRSIG', hex });
    const section = [...addresses, junk(''), junk('ff'.repeat(18)), junk('001c0d04'.repeat(8)), junk(`${'00'.repeat(18)}c00c`)];
    expect(verdict(section, [key])).toEqual({ state: 'bogus', reason: 'no-signature' });
    for (const algorithm of [8, 10, 13, 14, 15]) {
      for (const bytes of ['', 'AA==', Buffer.alloc(64, 1).toString('base64')]) {
        const broken: DnsKey = { type: 'DNSKEY', name: zone, ttl: 1, flags: 257, algorithm, key: bytes };
        expect(verifies(broken, Buffer.from('x'), Buffer.from('y'))).toBe(false);
      }
    }
  });
});

const day = 86_400;

/** Public keys with one tag: the tag is a sum, so bytes may change places two by two. */
function colliding(count: number): ZoneKey[] {
  const first = makeKey(zone);
  const bytes = Buffer.from(first.record.key, 'base64');
  return Array.from({ length: count }, (_, index) => {
    const copy = Buffer.from(bytes);
    const [from, to] = [(index % 8) * 2, 16 + Math.floor(index / 8) * 2];
    const held = copy.readUInt16BE(from);
    copy.writeUInt16BE(copy.readUInt16BE(to), from);
    copy.writeUInt16BE(held, to);
    return { record: { ...first.record, key: copy.toString('base64') }, privateKey: first.privateKey };
  });
}

describe('D10 KeyTrap', () => {
  it('D10 100 keys with one tag × 100 signatures end in less than 100 ms, as too much work and never as bogus', () => {
    const keys = colliding(100);
    const tags = new Set(keys.map(({ record }) => keyTag(record)));
    expect(tags.size).toBe(1);
    const [key] = keys;
    if (key === undefined) throw new Error('no key');
    const bad = Array.from({ length: 100 }, (_, index) => rrsig(addresses, { key, until: day + index, spoil: true }));
    verdict(signed(addresses, { key }), [key]);
    expect(cpuMs(() => expect(verdict([...addresses, ...bad], keys)).toEqual({ state: 'limit' }))).toBeLessThan(100);
  });

  it('D10 4 keys of one tag are all tried, with 5 it is left open', () => {
    const honest = makeKey(zone);
    const all = colliding(5);
    const decoys = (count: number): ZoneKey[] => all.slice(0, count);
    const tag = keyTag(all[0]?.record ?? honest.record);
    const section = [...addresses, rrsig(addresses, { key: honest, tag })];
    expect(verdict(section, decoys(4))).toEqual({ state: 'bogus', reason: 'signature-wrong' });
    expect(verdict(section, decoys(5))).toEqual({ state: 'limit' });
  });

  it('D10 16 validations a set, then it is left open', () => {
    const key = makeKey(zone);
    const spoilt = (count: number): DnsRecord[] =>
      Array.from({ length: count }, (_, index) => rrsig(addresses, { key, until: day + index, spoil: true }));
    const good = rrsig(addresses, { key });
    expect(verdict([...addresses, ...spoilt(15), good], [key])).toEqual({ state: 'secure' });
    expect(verdict([...addresses, ...spoilt(16)], [key])).toEqual({ state: 'bogus', reason: 'signature-wrong' });
    expect(verdict([...addresses, ...spoilt(16), good], [key])).toEqual({ state: 'limit' });
  });
});

describe('the root', () => {
  /** The root's keys as the root zone published them. */
  const rootKeys: readonly [number, string][] = [
    [
      20326,
      'AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3+/4RgWOq7HrxRixHlFlExOLAJr5emLvN7SWXgnLh4+B5xQlNVz8Og8kvArMtNROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF0jLHwVN8efS3rCj/EWgvIWgb9tarpVUDK/b58Da+sqqls3eNbuv7pr+eoZG+SrDK6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/ilBmSVIzuDWfdRUfhHdY6+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwNR1AkUTV74bU=',
    ],
    [
      38696,
      'AwEAAa96jeuknZlaeSrvyAJj6ZHv28hhOKkx3rLGXVaC6rXTsDc449/cidltpkyGwCJNnOAlFNKF2jBosZBU5eeHspaQWOmOElZsjICMQMC3aeHbGiShvZsx4wMYSjH8e7Vrhbu6irwCzVBApESjbUdpWWmEnhathWu1jo+siFUiRAAxm9qyJNg/wOZqqzL/dL/q8PkcRU5oUKEpUge71M3ej2/7CPqpdVwuMoTvoB+ZOT4YeGyxMvHmbrxlFzGOHOijtzN+u1TQNatX2XBuzZNQ1K+s2CXkPIZo7s6JgZyvaBevYtxPvYLw4z9mR7K2vaF18UYH9Z9GNUUeayffKC73PYc=',
    ],
  ];

  it.each(rootKeys)('key %i has its tag and matches its anchor alone', (tag, key) => {
    const record: DnsKey = { type: 'DNSKEY', name: '', ttl: 172_800, flags: 257, algorithm: 8, key };
    expect(keyTag(record)).toBe(tag);
    expect(rootAnchors.filter((anchor) => matchesDs(record, anchor)).map((anchor) => anchor.keyTag)).toEqual([tag]);
  });
});

describe('a published example', () => {
  it('RFC 6605 §6.1: key, DS and signature', () => {
    const key: DnsKey = {
      ...{ type: 'DNSKEY', name: 'example.net', ttl: 3_600, flags: 257, algorithm: 13 },
      key: 'GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==',
    };
    const digest = 'b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17';
    expect(keyTag(key)).toBe(55648);
    expect(matchesDs(key, { keyTag: 55648, algorithm: 13, digestType: 2, digest })).toBe(true);
    const times = [Date.UTC(2010, 8, 9, 10, 4, 39), Date.UTC(2010, 7, 12, 10, 4, 39)].map((ms) => (ms / 1000).toString(16)).join('');
    const head = `00010d0300000e10${times}d960${nameWire('example.net')?.toString('hex')}`;
    const signature = 'qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw==';
    const name = 'www.example.net';
    const section: DnsRecord[] = [
      { type: 'A', name, ttl: 3_600, address: '192.0.2.1' },
      { type: 'OTHER', name, ttl: 3_600, rrType: 'RRSIG', hex: head + Buffer.from(signature, 'base64').toString('hex') },
    ];
    const verifier: Verifier = { zone: 'example.net', keys: [key], atMs: Date.UTC(2010, 8, 1), limits: defaultSettings.dns };
    expect(verifySet(setOf(section, name, 'A'), verifier)).toEqual({ state: 'secure' });
    expect(verifySet(setOf(section, name, 'A'), { ...verifier, atMs: signedAtMs })).toEqual({ state: 'bogus', reason: 'expired' });
  });
});

describe('names', () => {
  it('are lower case and uncompressed on the wire, escapes are bytes', () => {
    expect(nameWire('a\\046b.VN')?.toString('hex')).toBe('03612e6202766e00');
    expect(nameWire('')?.toString('hex')).toBe('00');
    expect(nameWire('a..vn')).toBeNull();
    expect(nameWire(`${'a'.repeat(64)}.vn`)).toBeNull();
    expect(nameWire(Array.from({ length: 64 }, () => 'abc').join('.'))).toBeNull();
  });

  it('sort as in RFC 4034 §6.1', () => {
    const order = [
      'example',
      'a.example',
      'yljkjljk.a.example',
      'z.a.example',
      'zabc.a.example',
      'z.example',
      '\\001.z.example',
      '*.z.example',
      '\\200.z.example',
    ];
    expect(order.toReversed().sort(compareNames)).toEqual(order);
  });
});
