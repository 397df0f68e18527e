import { describe, expect, it } from 'vitest';
import { type ChainInput, type SignedAnswer, verifyAddresses, verifyChain } from '../../src/dnssec/chain.ts';
import type { DnsRecord } from '../../src/model/dns.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { emptyResponse } from '../support/fake-zones.ts';
import { cpuMs } from '../support/processor-time.ts';
import {
  aaaa,
  around,
  dsOf,
  makeKey,
  type Nsec3Parts,
  nsec,
  nsec3,
  nsec3Hash,
  type Signing,
  signed,
  signedAtMs,
} from '../support/signed-zone.ts';

const zones = ['', 'vn', 'gov.vn', 'bo.gov.vn'];
const [root, vn, gov, bo] = [makeKey('', 8), makeKey('vn', 13), makeKey('gov.vn', 8), makeKey('bo.gov.vn', 15)];
const keys = { '': root, vn, 'gov.vn': gov, 'bo.gov.vn': bo };

const answer = (answers: DnsRecord[], authorities: DnsRecord[] = []): SignedAnswer => ({
  response: { ...emptyResponse, authoritative: true, answers, authorities },
  atMs: signedAtMs,
});

/** A chain that is whole, with what the test puts in place of some answers ('DS bo.gov.vn'). */
function world(changes: Record<string, SignedAnswer[]> = {}, parts: Partial<ChainInput> = {}) {
  const answers = new Map<string, SignedAnswer[]>();
  for (const [zone, key] of Object.entries(keys)) answers.set(`${zone} DNSKEY`, [answer(signed([key.record], { key }))]);
  for (const [parent, child] of [
    [root, vn],
    [vn, gov],
    [gov, bo],
  ] as const)
    answers.set(`${child.record.name} DS`, [answer(signed([dsOf(child)], { key: parent }))]);
  for (const [question, list] of Object.entries(changes)) answers.set(question, list);
  return verifyChain({
    zones,
    anchors: [dsOf(root)],
    answers: (name, type) => answers.get(`${name} ${type}`) ?? [],
    limits: defaultSettings.dns,
    ...parts,
  });
}

const govSigned = (records: DnsRecord[], parts: Partial<Signing> = {}): DnsRecord[] => signed(records, { key: gov, ...parts });

describe('the chain of trust', () => {
  it('reaches the zone and gives its keys', () => {
    expect(world()).toEqual({ state: 'secure', keys: [bo.record] });
  });

  it.each<[string, Record<string, SignedAnswer[]>, string, string]>([
    [
      'the DS names a key that the zone has not',
      { 'bo.gov.vn DS': [answer(govSigned([dsOf(makeKey('bo.gov.vn'))]))] },
      'bo.gov.vn',
      'ds-matches-no-key',
    ],
    ['the keys are not signed by the key of the DS', { 'bo.gov.vn DNSKEY': [answer([bo.record])] }, 'bo.gov.vn', 'no-signature'],
    [
      'the signature over the keys has expired',
      { 'bo.gov.vn DNSKEY': [answer(signed([bo.record], { key: bo, until: -86_400 }))] },
      'bo.gov.vn',
      'expired',
    ],
    ['the zone has a DS and no key', { 'bo.gov.vn DNSKEY': [answer([])] }, 'bo.gov.vn', 'no-key'],
    [
      'the DS is spoilt: a fault of the parent',
      { 'bo.gov.vn DS': [answer(govSigned([dsOf(bo)], { spoil: true }))] },
      'gov.vn',
      'signature-wrong',
    ],
    ['there is no DS and no proof of that: stripped', { 'bo.gov.vn DS': [answer([])] }, 'gov.vn', 'denial-missing'],
    ['the denial is not signed', { 'bo.gov.vn DS': [answer([], [nsec('bo.gov.vn', 'z.gov.vn', [2, 46, 47])])] }, 'gov.vn', 'no-signature'],
    [
      'the denial says that there is a DS',
      { 'bo.gov.vn DS': [answer([], govSigned([nsec('bo.gov.vn', 'z.gov.vn', [2, 43, 46, 47])]))] },
      'gov.vn',
      'denial-missing',
    ],
    [
      'the denial is of the child itself',
      { 'bo.gov.vn DS': [answer([], govSigned([nsec('bo.gov.vn', 'z.gov.vn', [2, 6, 46, 47])]))] },
      'gov.vn',
      'denial-missing',
    ],
    [
      'the denial is of another name',
      { 'bo.gov.vn DS': [answer([], govSigned([nsec('bn.gov.vn', 'z.gov.vn', [2, 46, 47])]))] },
      'gov.vn',
      'denial-missing',
    ],
    [
      'the anchor matches no root key',
      { ' DNSKEY': [answer(signed([vn.record], { key: vn }).map((record) => ({ ...record, name: '' })))] },
      '',
      'ds-matches-no-key',
    ],
  ])('D20 bogus: %s', (_title, changes, zone, reason) => {
    expect(world(changes)).toEqual({ state: 'bogus', zone, reason });
  });

  it('a missing DS that the parent proves with NSEC is an unsigned zone', () => {
    expect(world({ 'bo.gov.vn DS': [answer([], govSigned([nsec('bo.gov.vn', 'z.gov.vn', [2, 46, 47])]))] })).toEqual({
      state: 'insecure',
      zone: 'bo.gov.vn',
      how: 'nsec',
    });
  });

  it('only DS that nobody here can check: unsigned, not bogus (RFC 4035 §5.2)', () => {
    const foreign = [
      { ...dsOf(bo), algorithm: 5 },
      { ...dsOf(bo), digestType: 1 },
    ];
    expect(world({ 'bo.gov.vn DS': [answer(govSigned(foreign))] })).toEqual({ state: 'insecure', zone: 'bo.gov.vn', how: 'unsupported' });
    expect(world({ 'bo.gov.vn DS': [answer(govSigned([...foreign, dsOf(bo, 4)]))] }).state).toBe('secure');
  });

  it('one server with the right answer is enough beside one with a wrong one', () => {
    expect(world({ 'bo.gov.vn DNSKEY': [answer([bo.record]), answer(signed([bo.record], { key: bo }))] }).state).toBe('secure');
  });

  it('what is not in the evidence is missing, and a root without keys is told apart', () => {
    expect(world({ 'gov.vn DS': [] })).toEqual({ state: 'missing', zone: 'gov.vn' });
    expect(world({ ' DNSKEY': [answer([])] })).toEqual({ state: 'unsigned-root' });
    expect(world({ ' DNSKEY': [] })).toEqual({ state: 'missing', zone: '' });
  });

  it('a revoked key and one without the zone flag sign nothing', () => {
    for (const flags of [257 | 0x80, 1]) {
      const key = { ...bo, record: { ...bo.record, flags } };
      const changes = { 'bo.gov.vn DS': [answer(govSigned([dsOf(key)]))], 'bo.gov.vn DNSKEY': [answer(signed([key.record], { key }))] };
      expect(world(changes)).toEqual({ state: 'bogus', zone: 'bo.gov.vn', reason: 'no-key' });
    }
  });

  it('D10 five keys of the DS tag leave the chain open', () => {
    const decoys = Array.from({ length: 5 }, (_, index) => {
      const bytes = Buffer.from(bo.record.key, 'base64');
      const held = bytes.readUInt16BE(index * 2);
      bytes.writeUInt16BE(bytes.readUInt16BE(20), index * 2);
      bytes.writeUInt16BE(held, 20);
      return { ...bo.record, key: bytes.toString('base64') };
    });
    expect(world({ 'bo.gov.vn DNSKEY': [answer(signed(decoys, { key: bo }))] })).toEqual({ state: 'limit', zone: 'bo.gov.vn' });
  });
});

describe('NSEC3', () => {
  const hash = (name: string, iterations = 0): Buffer => nsec3Hash(name, { iterations, salt: Buffer.from('ab', 'hex') });
  const record = (parts: Omit<Nsec3Parts, 'zone' | 'salt'>): DnsRecord =>
    nsec3({ zone: 'gov.vn', salt: Buffer.from('ab', 'hex'), ...parts });
  const child = hash('bo.gov.vn');
  const span = around(child);
  const apex = record({ ownerHash: hash('gov.vn'), nextHash: Buffer.alloc(20, 0xfe), types: [2, 6, 48] });
  const proof = (...records: DnsRecord[]) =>
    world({
      'bo.gov.vn DS': [
        answer(
          [],
          records.flatMap((each) => govSigned([each])),
        ),
      ],
    });
  const insecure = (how: string) => ({ state: 'insecure', zone: 'bo.gov.vn', how });
  const bogus = { state: 'bogus', zone: 'gov.vn', reason: 'denial-missing' };

  it('a match without DS is an unsigned delegation', () => {
    expect(proof(record({ ownerHash: child, nextHash: span.after, types: [2] }))).toEqual(insecure('nsec3'));
    expect(proof(record({ ownerHash: child, nextHash: span.after, types: [2, 43] }))).toEqual(bogus);
    expect(proof(record({ ownerHash: child, nextHash: span.after, types: [1] }))).toEqual(bogus);
  });

  it('opt-out needs the encloser, the span and the flag (RFC 5155 §8.6)', () => {
    const cover = (optOut: boolean) => record({ ownerHash: span.before, nextHash: span.after, types: [2], optOut });
    expect(proof(apex, cover(true))).toEqual(insecure('opt-out'));
    expect(proof(apex, cover(false))).toEqual(bogus);
    expect(proof(cover(true))).toEqual(bogus);
    expect(proof(apex, record({ ownerHash: span.after, nextHash: Buffer.alloc(20, 0xff), types: [], optOut: true }))).toEqual(bogus);
  });

  it('the last span of the chain goes round', () => {
    const low = Buffer.alloc(20, 0);
    const last = { ownerHash: span.before, nextHash: low, types: [2], optOut: true };
    expect(proof(apex, record(last))).toEqual(insecure('opt-out'));
  });

  it('D10 more than 150 rounds of hashing are not done: the zone counts as unsigned (RFC 9276)', () => {
    const heavy = { nextHash: span.after, types: [2], ownerHash: span.before };
    expect(cpuMs(() => expect(proof(record({ ...heavy, iterations: 65_535 }))).toEqual(insecure('iterations')))).toBeLessThan(100);
    expect(proof(record({ ...heavy, iterations: 151 }))).toEqual(insecure('iterations'));
    expect(proof(record({ ...heavy, ownerHash: hash('bo.gov.vn', 150), iterations: 150 }))).toEqual(insecure('nsec3'));
  });
});

describe('AAAA of a name', () => {
  const signer = { zone: 'bo.gov.vn', keys: [bo.record], limits: defaultSettings.dns };
  const good = signed([aaaa('www.bo.gov.vn', '2001:dc8::1')], { key: bo });
  const bad = signed([aaaa('www.bo.gov.vn', '2001:dc8::1')], { key: bo, spoil: true });
  const alias: DnsRecord = { type: 'CNAME', name: 'www.bo.gov.vn', ttl: 300, target: 'cdn.example.net' };

  it.each([
    ['signed', [answer(good)], 'secure'],
    ['an alias out of the zone is signed by the zone', [answer(signed([alias], { key: bo }))], 'secure'],
    ['D20 bogus', [answer(bad)], 'bogus'],
    ['bogus from one server, good from another', [answer(bad), answer(good)], 'secure'],
    ['none published', [answer([])], 'absent'],
    ['not asked', [], 'missing'],
  ])('%s', (_title, answers, state) => {
    expect(verifyAddresses(answers, 'www.bo.gov.vn', signer).state).toBe(state);
  });
});
