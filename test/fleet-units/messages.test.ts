import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { beatSchema, jobSchema, maxResultBytes, packed, read, resultSchema, unpacked } from '../../src/fleet/messages.ts';
import { agencyAt, evidenceOf } from '../support/fleet-world.ts';

const record = evidenceOf('hn', agencyAt(1));
const result = { schema: 'ipv6gov.result/1', run: 'r', vantage: 'hn', worker: '0123abcd', record, proofs: [] };
const zip = (value: unknown): Uint8Array => gzipSync(JSON.stringify(value));

it('a result comes back as it was', async () => {
  expect(await unpacked((await packed(result)) ?? new Uint8Array(), resultSchema, maxResultBytes)).toEqual(result);
});

it('what nobody would unpack is not packed', async () => {
  expect(await packed({ text: 'x'.repeat(maxResultBytes) })).toBeNull();
});

it.each<[string, Uint8Array]>([
  ['no gzip', Buffer.from('garbage')],
  ['nothing', new Uint8Array()],
  ['a gzip that is cut', zip(result).subarray(0, 100)],
  ['no JSON', gzipSync('{')],
  ['another schema', zip({ ...result, schema: 'ipv6gov.result/2' })],
  ['one field more', zip({ ...result, verdict: 'pass' })],
  ['a worker that is a path', zip({ ...result, worker: '../../x' })],
  ['a vantage with an underscore, which is a dot in subjects', zip({ ...result, vantage: 'a_b' })],
  ['a run that is a path', zip({ ...result, run: '../x' })],
  ['more proofs than anybody has', zip({ ...result, proofs: Array.from({ length: 65 }, () => ({ ...record, agency: null })) })],
])('F5 a result that is %s is refused', async (_title, bytes) => {
  expect(await unpacked(bytes, resultSchema, maxResultBytes)).toBeNull();
});

it('F5 what unpacks to more than the limit is not unpacked, be it a result', async () => {
  const text = JSON.stringify(result);
  const padded = (bytes: number): Uint8Array => gzipSync(text.padEnd(bytes));
  expect(await unpacked(padded(100_000), resultSchema, 100_001)).toEqual(result);
  expect(await unpacked(padded(100_001), resultSchema, 100_000)).toBeNull();
});

it('F4 a job of another version is none', () => {
  const job = { schema: 'ipv6gov.job/1', run: 'r', vantage: 'hn', agency: agencyAt(1) };
  expect(read(Buffer.from(JSON.stringify(job)), jobSchema)).toEqual(job);
  expect(read(Buffer.from(JSON.stringify({ ...job, schema: 'ipv6gov.job/2' })), jobSchema)).toBeNull();
  expect(read(Buffer.from(JSON.stringify(job)), jobSchema, 20)).toBeNull();
});

it.each([
  ['of', 0],
  ['of', 65],
  ['version', 'x'.repeat(33)],
  ['refusing', 'x'.repeat(201)],
  ['state', 'idle'],
])('a beat with %s %j is none', (field, value) => {
  const beat = {
    schema: 'ipv6gov.beat/1',
    vantage: 'hn',
    worker: '0123abcd',
    version: '0',
    of: 1,
    clockMs: 0,
    ipv6: 'ok',
    state: 'working',
    running: 0,
    done: 0,
    refusing: null,
  };
  expect(beatSchema.safeParse(beat).success).toBe(true);
  expect(beatSchema.safeParse({ ...beat, [field]: value }).success).toBe(false);
});
