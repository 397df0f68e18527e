import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Loaded before a program (`--import`): writes what the process cost to the file of BENCH_FIGURES when it ends. */
export interface ProcessFigures {
  userMs: number;
  systemMs: number;
  maxRssKiB: number;
  /** By how much a tick of 10 ms came late. */
  loopDelayMs: { p50: number; p99: number; max: number };
}

const tickMs = 10;
const file = process.env.BENCH_FIGURES;
if (file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: tickMs });
  delay.enable();
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const lateMs = (nanoseconds: number): number => Math.max(0, Math.round((nanoseconds / 1e6 - tickMs) * 10) / 10);
    const figures: ProcessFigures = {
      userMs: userCPUTime / 1_000,
      systemMs: systemCPUTime / 1_000,
      maxRssKiB: maxRSS,
      loopDelayMs: { p50: lateMs(delay.percentile(50)), p99: lateMs(delay.percentile(99)), max: lateMs(delay.max) },
    };
    writeFileSync(file, JSON.stringify(figures));
  });
}
