import type { Io } from '../../src/cli/io.ts';

/** Streams that only remember. */
export function fakeIo(part: Partial<Io> = {}) {
  const seen = { out: '', err: '', exits: [] as number[] };
  const listeners = new Set<(signal: 'SIGINT' | 'SIGTERM') => void>();
  const io: Io = {
    out: async (text) => {
      seen.out += text;
    },
    err: (text) => {
      seen.err += text;
    },
    env: { LANG: 'en_US.UTF-8' },
    stdin: bytesOf(''),
    outIsTerminal: false,
    errIsTerminal: false,
    columns: null,
    exitNow: (code) => void seen.exits.push(code),
    onSignal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ...part,
  };
  const send = (signal: 'SIGINT' | 'SIGTERM'): void => {
    for (const listener of listeners) listener(signal);
  };
  return { io, seen, send };
}

/** A stream of bytes in pieces of at most `size`. */
export async function* bytesOf(text: string | Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
