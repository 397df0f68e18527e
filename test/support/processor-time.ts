/** Processor time of `work` in ms: what else the machine does is not in it, as it is in the time on the clock. */
export function cpuMs(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
