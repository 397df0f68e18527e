import { pause } from '../net/pause.ts';
import type { Engine } from './engine.ts';
import { consumers, streams, subjects } from './names.ts';
import { beatMs, type Heard, listenToBeats } from './presence.ts';

export interface WorkerStatus {
  vantage: string;
  worker: string;
  state: Heard['state'];
  version: string;
  ipv6: Heard['ipv6'];
  /** Seconds by which its clock is ahead of ours, the way of the message included. */
  clockOffsetS: number;
  running: number;
  done: number;
  refusing: string | null;
}

/** Jobs of a vantage: not given to any worker yet, and given and not done. */
export interface QueueStatus {
  vantage: string;
  waiting: number;
  underWay: number;
}

export interface FleetStatus {
  workers: WorkerStatus[];
  queues: QueueStatus[];
}

/** Listens for a while, then says who is there and what waits for whom. */
export async function fleetStatus(engine: Engine, signal: AbortSignal): Promise<FleetStatus> {
  const beats = listenToBeats(engine, subjects.beats);
  await pause(2 * beatMs + 500, signal);
  beats.stop();
  const workers = beats
    .alive()
    .map(({ vantage, worker, state, version, ipv6, clockMs, atMs, running, done, refusing }) => ({
      ...{ vantage, worker, state, version, ipv6, running, done, refusing },
      clockOffsetS: Math.round((clockMs - atMs) / 100) / 10,
    }))
    .sort((a, b) => `${a.vantage} ${a.worker}`.localeCompare(`${b.vantage} ${b.worker}`, 'en'));
  const queues: QueueStatus[] = [];
  for (const vantage of await knownVantages(engine, workers)) {
    const info = await engine.manager.consumers.info(streams.jobs, consumers.work(vantage)).catch(() => null);
    if (info !== null) queues.push({ vantage, waiting: info.num_pending, underWay: info.num_ack_pending });
  }
  return { workers, queues };
}

/** Those that are heard, and those that are not and have jobs. */
async function knownVantages({ manager }: Engine, workers: readonly WorkerStatus[]): Promise<string[]> {
  const names = new Set(workers.map(({ vantage }) => vantage));
  try {
    for await (const { name } of manager.consumers.list(streams.jobs))
      if (name.startsWith('work-')) names.add(name.slice('work-'.length).replaceAll('_', '.'));
  } catch {
    // No streams yet: nobody was ever asked.
  }
  return [...names].sort();
}

/** Tells the workers of a vantage to finish what they have and stop. */
export async function drain({ connection }: Engine, vantage: string): Promise<void> {
  connection.publish(subjects.control(vantage), 'drain');
  await connection.flush();
}
