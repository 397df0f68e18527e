import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { createUser } from '@nats-io/nkeys';
import { headers } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEngine, type Engine, ensureStreams, fetchSome } from '../../src/fleet/engine.ts';
import { consumers, inboxOf, streams, subjects } from '../../src/fleet/names.ts';
import { maxWaiting, partBytes } from '../../src/fleet/parts.ts';
import { agencyAt, agencyCount, evidenceOf, measuredIn } from '../support/fleet-world.ts';
import { type EngineServer, startEngineServer } from './engine-server.ts';
import { cellsOf, expectExact, fleetCase, tell } from './fleet-case.ts';

it('F5 a vantage that lies, sends rubbish and never ends what it begins: all of it is refused, and what others saw stands', async () => {
  const server = await startEngineServer();
  const fleet = await fleetCase('liar', server.url);
  try {
    const [honest, , liar] = fleet.vantages;
    const engine = await fleet.engine();
    await ensureStreams(engine);
    const run = fleet.folder.id;
    let count = 0;
    const send = async (data: Uint8Array, part = '1/1'): Promise<void> => {
      const named = headers();
      count += 1;
      named.set('Ipv6gov-Key', `lie ${count}`);
      if (part !== '') named.set('Ipv6gov-Part', part);
      await engine.jetstream.publish(subjects.evidence(liar, run), data, { msgID: `lie ${count}`, headers: named });
    };
    const good = { schema: 'ipv6gov.result/1', run, vantage: liar, worker: '0badbad0', record: evidenceOf(liar, agencyAt(1)), proofs: [] };
    const changed = { ...agencyAt(1), domain: 'another.gov.vn' };
    const lies: unknown[] = [
      { ...good, vantage: honest, record: evidenceOf(honest, agencyAt(1)) },
      { ...good, vantage: 'nobody' },
      { ...good, record: evidenceOf(liar, agencyAt(agencyCount)) },
      { ...good, record: evidenceOf(liar, changed) },
      { ...good, record: { ...good.record, agency: null } },
      { ...good, record: { ...good.record, part: 'remeasure' } },
      { ...good, run: '20261124-031500-000000' },
      { ...good, proofs: [evidenceOf(liar, agencyAt(2))] },
      { ...good, schema: 'ipv6gov.result/2' },
      { ...good, worker: '../../../x' },
    ];
    for (const lie of lies) await send(gzipSync(JSON.stringify(lie)));
    await send(Buffer.from('rubbish'));
    await send(gzipSync(Buffer.alloc(64 * 1024 * 1024 + 1)));
    await send(Buffer.alloc(partBytes + 1));
    await send(gzipSync(JSON.stringify(good)), '');
    await send(gzipSync(JSON.stringify(good)), '3/2');
    await send(gzipSync(JSON.stringify(good)), '1/65');
    const refused = count;
    const tooMany = 100;
    for (let at = 0; at < maxWaiting + tooMany; at += 1) await send(Buffer.alloc(1_000), '1/2');
    for (const vantage of fleet.vantages) await fleet.inside(vantage);
    const collected = await fleet.coordinate();
    expect(cellsOf(collected)).toEqual([agencyCount, agencyCount, agencyCount]);
    expect(collected.rejected).toBe(refused + tooMany);
    await expectExact(fleet);
    tell('a lying vantage', collected, `, lies ${count}`);
  } finally {
    await fleet.close();
    await server.stop();
  }
});

const example = new URL('../../examples/nats-server.conf', import.meta.url);

describe('the server configuration of the example', () => {
  const vantages = ['hn-vnpt', 'hcm-viettel'] as const;
  const keys = { coordinator: createUser(), 'hn-vnpt': createUser(), 'hcm-viettel': createUser() };
  let server: EngineServer;
  let coordinator: Engine;
  const connect = (who: keyof typeof keys): Promise<Engine> => {
    const inbox = who === 'coordinator' ? {} : { inbox: inboxOf(who) };
    return connectEngine({ url: server.url, credentials: keys[who].getSeed(), authority: null, name: who, ...inbox });
  };

  beforeAll(async () => {
    const text = await readFile(example, 'utf8');
    const filled = text
      .replace('COORDINATOR_PUBLIC_KEY', keys.coordinator.getPublicKey())
      .replace('HN_VNPT_PUBLIC_KEY', keys['hn-vnpt'].getPublicKey())
      .replace('HCM_VIETTEL_PUBLIC_KEY', keys['hcm-viettel'].getPublicKey());
    server = await startEngineServer((port, store) => filled.replace('0.0.0.0:4222', `127.0.0.1:${port}`).replace('/var/lib/nats', store));
    coordinator = await connect('coordinator');
  });
  afterAll(async () => {
    await coordinator.close();
    await server.stop();
  });

  it('lets a fleet do its work', async () => {
    const fleet = await fleetCase('example', server.url, 30, ['hn-vnpt', 'hcm-viettel', 'abroad']);
    const engines: Engine[] = [];
    try {
      for (const vantage of vantages) {
        const engine = await connect(vantage);
        engines.push(engine);
        await fleet.inside(vantage, { engine });
      }
      const enough = new AbortController();
      const collected = await fleet.coordinate({
        engine: coordinator,
        signal: enough.signal,
        onCell: (seen) => {
          if (cellsOf(seen).join() === '30,30,0') enough.abort();
        },
      });
      expect(cellsOf(collected)).toEqual([30, 30, 0]);
      await expectExact({ folder: fleet.folder, vantages }, { count: 30 });
      tell('example configuration', collected);
    } finally {
      await fleet.close();
      await Promise.all(engines.map((engine) => engine.close()));
    }
  });

  /** What a worker with the key of hn-vnpt might try. */
  const attempts: [string, (engine: Engine) => Promise<unknown>][] = [
    ['send evidence of another vantage', ({ jetstream }) => jetstream.publish(subjects.evidence('hcm-viettel', 'r'), 'x')],
    ['submit a run', ({ jetstream }) => jetstream.publish(subjects.run('r'), 'x')],
    ['submit a job, for itself', ({ jetstream }) => jetstream.publish(subjects.job('hn-vnpt', 'r'), 'x')],
    ['delete the evidence', ({ manager }) => manager.streams.delete(streams.evidence)],
    ['purge the jobs', ({ manager }) => manager.streams.purge(streams.jobs)],
    ['read evidence by its number', ({ manager }) => manager.streams.getMessage(streams.evidence, { seq: 1 })],
    ['read jobs by their number', ({ manager }) => manager.streams.getMessage(streams.jobs, { seq: 1 })],
    ['make a consumer of the evidence', ({ manager }) => manager.consumers.add(streams.evidence, { durable_name: 'mine' })],
    ['make a consumer of the jobs', ({ manager }) => manager.consumers.add(streams.jobs, { durable_name: 'mine' })],
    ['list the streams', ({ manager }) => manager.streams.names().next()],
    [
      'take the jobs of another vantage',
      async (engine) => {
        const { jobs } = streams;
        const consumer = consumers.work('hcm-viettel');
        const from = { stream: jobs, consumer, most: 1, waitMs: 1_000, signal: new AbortController().signal };
        // The second time it is known that it may not.
        for await (const message of fetchSome(engine, from)) return message;
        for await (const message of fetchSome(engine, from)) return message;
        return null;
      },
    ],
    ['drain another vantage', (engine) => published(engine, subjects.control('hcm-viettel'))],
    ['speak for another vantage', (engine) => published(engine, subjects.beat('hcm-viettel'))],
    ['acknowledge the evidence', (engine) => published(engine, `$JS.ACK.${streams.evidence}.x.1.1.1.1.1`)],
    ['listen to what is sent', (engine) => listening(engine, 'ipv6gov.evidence.>')],
    ['listen to the jobs', (engine) => listening(engine, 'ipv6gov.job.>')],
    ['listen to other workers', (engine) => listening(engine, subjects.beats)],
    ['listen to the answers to all', (engine) => listening(engine, '_INBOX.>')],
    ['listen to the answers to another', (engine) => listening(engine, `${inboxOf('hcm-viettel')}.>`)],
    ['listen to all', (engine) => listening(engine, '>')],
  ];
  it('lets it speak and listen for itself', async () => {
    const worker = await connect('hn-vnpt');
    await published(worker, subjects.beat('hn-vnpt'));
    await listening(worker, subjects.beat('hn-vnpt'));
    expect(worker.lost()).toBeNull();
    await worker.close();
  });
  it.each(attempts)('F5 does not let a worker %s', async (_title, attempt) => {
    const worker = await connect('hn-vnpt');
    await expect(attempt(worker)).rejects.toThrow(/permission/i);
    await worker.close();
  });
});

/** Lines of the configuration that a worker cannot do without; those of its own vantage, or the one that all have. */
const needed = [
  'ipv6gov.evidence.hn-vnpt.*',
  'ipv6gov.beat.hn-vnpt',
  '$JS.API.STREAM.MSG.GET.IPV6GOV_RUNS',
  '$JS.API.CONSUMER.INFO.IPV6GOV_JOBS.work-hn-vnpt',
  '$JS.API.CONSUMER.MSG.NEXT.IPV6GOV_JOBS.work-hn-vnpt',
  '$JS.ACK.IPV6GOV_JOBS.work-hn-vnpt.>',
  '_INBOX_hn-vnpt.>',
  'ipv6gov.control.hn-vnpt',
];
it.each(needed)('a worker without the right to %s ends, and says so', async (subject) => {
  const [key, vantage] = [createUser(), 'hn-vnpt'];
  const text = await readFile(example, 'utf8');
  const lacking = text.replace(`"${subject}"`, '').replace('HN_VNPT_PUBLIC_KEY', key.getPublicKey());
  const others = createUser().getPublicKey();
  const owner = createUser();
  const filled = lacking.replace('COORDINATOR_PUBLIC_KEY', owner.getPublicKey()).replace('HCM_VIETTEL_PUBLIC_KEY', others);
  const server = await startEngineServer((port, store) =>
    filled.replace('0.0.0.0:4222', `127.0.0.1:${port}`).replace('/var/lib/nats', store),
  );
  const fleet = await fleetCase('lacking', server.url, 5, [vantage, 'x', 'y']);
  const connect = (seed: Uint8Array, inbox: string) =>
    connectEngine({ url: server.url, credentials: seed, authority: null, name: 'x', inbox });
  const engines = [await connect(key.getSeed(), inboxOf(vantage)), await connect(owner.getSeed(), '_INBOX')] as const;
  try {
    const { ended } = await fleet.inside(vantage, { engine: engines[0] });
    const outcome = ended.catch((error: unknown) => error);
    void fleet.coordinate({ engine: engines[1] });
    expect(await outcome).toMatchObject({ name: 'EngineError', kind: 'refused' });
    const measured = [...(await measuredIn(fleet.log(vantage))).values()];
    expect(Math.max(0, ...measured)).toBeLessThanOrEqual(1);
  } finally {
    await fleet.close();
    for (const engine of engines) await engine.close();
    await server.stop();
  }
});

/** Settles when the engine took it; rejects when it refused, which it says a moment later. */
async function published({ connection }: Engine, subject: string): Promise<void> {
  const refused = refusals({ connection });
  connection.publish(subject, 'drain');
  await connection.flush();
  await refused();
}

async function listening({ connection }: Engine, subject: string): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    const subscription = connection.subscribe(subject, {
      callback: (error) => {
        if (error !== null) reject(error);
      },
    });
    void connection.flush().then(() => {
      setTimeout(resolve, 200);
      subscription.unsubscribe();
    });
  });
  await ended;
}

/** What the engine says about messages that nobody waits for an answer to. */
function refusals({ connection }: Pick<Engine, 'connection'>): () => Promise<void> {
  const said: string[] = [];
  const status = connection.status();
  void (async () => {
    for await (const event of status) if (event.type === 'error') said.push(String(event.error));
  })();
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (said.length > 0) throw new Error(said.join());
  };
}
