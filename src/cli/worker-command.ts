import type { WorkerEvent } from '../fleet/worker.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { fleetWords } from '../i18n/fleet-words.ts';
import { defaultSettings } from '../model/settings.ts';
import type { LiveOptions } from '../runner/network-stack.ts';
import { replaceFile } from '../runner/replace-file.ts';
import { type EngineAccess, openEngine, sayingEngine } from './engine-access.ts';
import { exitCodeOf } from './exit-codes.ts';
import type { Io } from './io.ts';
import { liveOptions } from './live-options.ts';
import { createNotes } from './notes.ts';
import { nobodyOptedOut, readOptOut } from './opt-out.ts';
import type { AuditOptions, GlobalOptions } from './options.ts';
import { listenForSignals } from './signals.ts';
import { toolVersion } from './version.ts';

export interface WorkerCommandOptions
  extends GlobalOptions,
    EngineAccess,
    Pick<AuditOptions, 'certificateFiles' | 'contact' | 'helo' | 'keepBodies' | 'labRates' | 'optOut' | 'concurrency' | 'addressPolicy'> {
  vantage: string;
  of: number;
  metrics: string | null;
}

const metricsMs = 15_000;

/** `ipv6gov worker`: measures for one vantage what a coordinator submits. Ends with 0 when it was drained. */
export async function workerCommand(
  options: WorkerCommandOptions,
  catalogue: Catalogue,
  io: Io,
  laboratory: { live: Partial<LiveOptions>; collect?: Parameters<typeof import('../fleet/worker.ts').serve>[0]['collect'] } | null = null,
): Promise<number> {
  const notes = createNotes(io, catalogue, options);
  const words = fleetWords(options.language);
  const optOut = options.optOut === null ? nobodyOptedOut : await readOptOut(options.optOut);
  const live = { ...(await liveOptions(options, optOut)), ...laboratory?.live };
  const { vantage, of } = options;
  const engine = await openEngine(options, `ipv6gov worker ${vantage}`, vantage);
  const stopper = listenForSignals(io, defaultSettings.run.shutdownMs);
  const counts = { done: 0, working: false };
  const onEvent = (event: WorkerEvent): void => {
    if (event.kind === 'state') {
      counts.working = event.state === 'working';
      notes.note(words.state[event.state]);
    } else if (event.kind === 'refused') notes.warning(words.jobRefused(event.reason));
    else counts.done = event.done;
  };
  const writing = options.metrics === null ? null : writeMetrics(options.metrics, vantage, counts);
  try {
    const { serve } = await import('../fleet/worker.ts');
    await sayingEngine(options.engine ?? '', () =>
      serve({
        engine,
        vantage,
        of,
        version: toolVersion(),
        inFlight: options.concurrency,
        live,
        allowPrivate: options.addressPolicy === 'allow-private' || laboratory !== null,
        signal: stopper.signal,
        onEvent,
        ...(laboratory?.collect === undefined ? {} : { collect: laboratory.collect }),
      }),
    );
    notes.note(words.done(counts.done));
    return exitCodeOf({ signal: stopper.stoppedBy(), troubles: [], gateFailed: false });
  } finally {
    writing?.stop();
    stopper.release();
    await engine.close();
  }
}

/** A text file for node_exporter. A disk that is full does not end a worker. */
function writeMetrics(path: string, vantage: string, counts: { done: number; working: boolean }) {
  const label = `{vantage="${vantage}"}`;
  const write = (): void => {
    const text = [
      '# HELP ipv6gov_worker_jobs_done_total Agencies measured by this worker since it started.',
      '# TYPE ipv6gov_worker_jobs_done_total counter',
      `ipv6gov_worker_jobs_done_total${label} ${counts.done}`,
      '# HELP ipv6gov_worker_working 1 while the worker takes jobs, 0 while it stands by or finishes.',
      '# TYPE ipv6gov_worker_working gauge',
      `ipv6gov_worker_working${label} ${Number(counts.working)}`,
      '# HELP ipv6gov_worker_last_written_timestamp_seconds When this file was written, Unix time.',
      '# TYPE ipv6gov_worker_last_written_timestamp_seconds gauge',
      `ipv6gov_worker_last_written_timestamp_seconds${label} ${Math.floor(Date.now() / 1000)}`,
    ];
    void replaceFile(path, `${text.join('\n')}\n`).catch(() => undefined);
  };
  write();
  const timer = setInterval(write, metricsMs);
  return { stop: () => clearInterval(timer) };
}
