import type { Catalogue } from '../i18n/catalogue.ts';
import type { RunEvent } from '../runner/measure.ts';
import type { Io } from './io.ts';
import type { Notes } from './notes.ts';

/** Shows how a run goes on. */
export interface Progress {
  event(event: RunEvent): void;
  stop(): void;
}

const plainIntervalMs = 30_000;
const plainStepPercent = 10;

/** A bar on a terminal; else a line every 10 % or 30 s; with -q nothing. Agency names are not shown: they come from the list. */
export async function createProgress(
  io: Pick<Io, 'errIsTerminal'>,
  input: { catalogue: Catalogue; notes: Notes; quiet: boolean },
): Promise<Progress> {
  if (input.quiet) return { event: () => undefined, stop: () => undefined };
  return io.errIsTerminal ? barProgress(input) : plainProgress(input.notes, input.catalogue, Date.now);
}

async function barProgress({ catalogue, notes }: { catalogue: Catalogue; notes: Notes }): Promise<Progress> {
  const { default: progress } = await import('cli-progress');
  const format = `{bar} {value}/{total} ${catalogue.cli.progressUnit}, {duration_formatted}`;
  const bar = new progress.SingleBar(
    { format, stream: process.stderr, noTTYOutput: false, hideCursor: true, clearOnComplete: true, fps: 4, gracefulExit: false },
    progress.Presets.shades_classic,
  );
  let running = false;
  const show = (done: number, total: number): void => {
    if (!running) bar.start(total, done);
    else {
      bar.setTotal(total);
      bar.update(done);
    }
    running = true;
  };
  const stop = (): void => {
    if (running) bar.stop();
    running = false;
  };
  return {
    event(event) {
      if (event.kind === 'agency' || event.kind === 'retested') show(event.done, event.total);
      else {
        stop();
        if (event.kind === 'resumed') notes.note(catalogue.cli.resumed(event.agencies, event.droppedBytes));
        else notes.note(catalogue.cli.retesting(event.agencies));
      }
    },
    stop,
  };
}

/** For files and pipes. Exported for its test; `now` gives milliseconds. */
export function plainProgress(notes: Notes, { cli }: Catalogue, now: () => number): Progress {
  let lastMs = now();
  let lastStep = 0;
  return {
    event(event) {
      if (event.kind === 'resumed') notes.note(cli.resumed(event.agencies, event.droppedBytes));
      if (event.kind === 'retests') notes.note(cli.retesting(event.agencies));
      if (event.kind !== 'agency') return;
      const percent = event.total === 0 ? 100 : Math.floor((event.done / event.total) * 100);
      const step = Math.floor(percent / plainStepPercent);
      if (step <= lastStep && now() - lastMs < plainIntervalMs) return;
      lastStep = step;
      lastMs = now();
      notes.note(cli.progress(event.done, event.total, percent));
    },
    stop: () => undefined,
  };
}
