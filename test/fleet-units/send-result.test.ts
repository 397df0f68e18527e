import { expect, it } from 'vitest';
import type { Engine } from '../../src/fleet/engine.ts';
import { maxResultBytes, resultSchema, unpacked } from '../../src/fleet/messages.ts';
import { vantageOf } from '../../src/fleet/names.ts';
import { createAssembly, partOf } from '../../src/fleet/parts.ts';
import { createSender } from '../../src/fleet/send-result.ts';
import { agencyAt, evidenceOf, longAgency } from '../support/fleet-world.ts';

interface Sent {
  subject: string;
  data: Uint8Array;
  id: string;
  key: string;
  part: string;
}

/** Keeps what is published, each after a moment; the engine as far as a sender needs it. */
function sender(maxPayload = 1_048_576) {
  const sent: Sent[] = [];
  const jetstream = {
    async publish(subject: string, data: Uint8Array, options: { msgID: string; headers: { get(name: string): string } }) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const { msgID, headers } = options;
      sent.push({ subject, data, id: msgID, key: headers.get('Ipv6gov-Key'), part: headers.get('Ipv6gov-Part') });
    },
  };
  const engine = { jetstream, connection: { info: { max_payload: maxPayload } }, lost: () => null } as unknown as Engine;
  return { sent, send: createSender({ engine, vantage: 'hn', worker: '0123abcd', signal: new AbortController().signal }) };
}

const job = (agency = agencyAt(1)) => ({ schema: 'ipv6gov.job/1', run: 'r', vantage: 'hn', agency }) as const;

async function resultOf(sent: readonly Sent[]) {
  const assembly = createAssembly<null>();
  for (const { key, part, data, subject } of sent) {
    const place = partOf(key, part);
    const whole = place === null ? null : assembly.add({ ...place, sender: subject }, data, null).whole;
    if (whole !== null) return unpacked(whole.bytes, resultSchema, maxResultBytes);
  }
  return null;
}

it('F2 evidence that no message holds goes in parts that the engine takes', async () => {
  const { send, sent } = sender(300_000);
  const record = evidenceOf('hn', longAgency);
  expect(await send(job(longAgency), { record, proofs: [] })).toBe(true);
  expect(sent.length).toBeGreaterThan(3);
  expect(Math.max(...sent.map(({ data }) => data.length))).toBeLessThan(300_000);
  expect(new Set(sent.map(({ subject }) => vantageOf(subject)))).toEqual(new Set(['hn']));
  expect((await resultOf(sent))?.record).toEqual(record);
});

it('the parts of one result come together, whatever else is sent meanwhile', async () => {
  const { send, sent } = sender(300_000);
  const record = evidenceOf('hn', longAgency);
  await Promise.all([1, 2, 3].map(() => send(job(longAgency), { record, proofs: [] })));
  const keys = sent.map(({ key }) => key);
  expect(keys).toEqual([...new Set(keys)].flatMap((key) => keys.filter((other) => other === key)));
});

it('F5 the same job sent twice has two ids that nobody can guess', async () => {
  const { send, sent } = sender();
  const record = evidenceOf('hn', agencyAt(1));
  await send(job(), { record, proofs: [] });
  await send(job(), { record, proofs: [] });
  expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
  expect(sent.every(({ id }) => /\/[0-9a-f]{16}\/1\/1$/.test(id))).toBe(true);
});

it('F2 evidence that is longer than anybody takes becomes a record that says so', async () => {
  const { send, sent } = sender();
  const crashes = [{ probe: 'main', detail: 'x'.repeat(maxResultBytes) }];
  expect(await send(job(), { record: { ...evidenceOf('hn', agencyAt(1)), crashes }, proofs: [] })).toBe(true);
  const { agency, crashes: said } = (await resultOf(sent))?.record ?? { agency: null, crashes: [] };
  expect(agency).toEqual(agencyAt(1));
  expect(said).toEqual([{ probe: 'main', detail: 'its evidence is too long to be sent' }]);
});
