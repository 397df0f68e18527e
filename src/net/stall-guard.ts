import type { Socket } from 'node:net';
import type { ExchangeClock } from './exchange-clock.ts';

export interface StallLimits {
  firstByteTimeoutMs: number;
  idleTimeoutMs: number;
}

export interface StallGuard {
  /** Milliseconds from the start of the guard to the first byte of the answer, null while none came. */
  readonly firstByteMs: number | null;
  stop(): void;
}

/**
 * Ends an exchange in which nothing arrives: no first byte of the answer in time, or a silence after it (a path-MTU black hole,
 * W19). `channel` is the socket that speaks HTTP, `wire` the one under it: a TLS record that dribbles in is no silence.
 */
export function guardAgainstStall(channel: Socket, wire: Socket, limits: StallLimits, clock: ExchangeClock): StallGuard {
  const start = performance.now();
  let firstByteMs: number | null = null;
  let lastBytes = wire.bytesRead;
  let lastChange = start;
  const onReadable = (): void => {
    if (firstByteMs !== null || channel.readableLength === 0) return;
    firstByteMs = Math.round((performance.now() - start) * 10) / 10;
  };
  // Only looks: undici takes the bytes out in its own listener, which comes later.
  channel.prependListener('readable', onReadable);
  const slice = Math.max(10, Math.floor(Math.min(limits.idleTimeoutMs, limits.firstByteTimeoutMs) / 8));
  const timer = setInterval(() => {
    const now = performance.now();
    if (wire.bytesRead !== lastBytes) {
      lastBytes = wire.bytesRead;
      lastChange = now;
    }
    if (firstByteMs === null && now - start >= limits.firstByteTimeoutMs)
      clock.end('timeout', `no answer in ${limits.firstByteTimeoutMs} ms`);
    if (firstByteMs !== null && now - lastChange >= limits.idleTimeoutMs) clock.end('timeout', `silent for ${limits.idleTimeoutMs} ms`);
  }, slice);

  return {
    get firstByteMs() {
      return firstByteMs;
    },
    stop() {
      clearInterval(timer);
      channel.removeListener('readable', onReadable);
    },
  };
}
