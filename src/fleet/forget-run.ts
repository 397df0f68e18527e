import type { Engine } from './engine.ts';
import { consumers, streams, subjects } from './names.ts';

/** Takes what is left of a run that is complete out of the engine: what came twice, and what was begun and never ended, fills no stream. */
export async function forgetRun({ manager }: Engine, run: string): Promise<void> {
  const left = [
    manager.consumers.delete(streams.evidence, consumers.collect(run)),
    manager.streams.purge(streams.evidence, { filter: subjects.evidenceOf(run) }),
    manager.streams.purge(streams.jobs, { filter: subjects.jobsIn(run) }),
  ];
  // Not worth an error: the engine forgets it by itself after a month.
  await Promise.allSettled(left);
}
