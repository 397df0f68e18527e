/** The streams and the surroundings of one start of the command; tests give their own. */
export interface Io {
  /** Data. Resolves when the text is handed over; a reader that left (EPIPE, faults P6) makes it silent. */
  out(text: string): Promise<void>;
  /** Everything else, one or more lines. */
  err(text: string): void;
  env: Readonly<Record<string, string | undefined>>;
  stdin: AsyncIterable<Uint8Array>;
  outIsTerminal: boolean;
  errIsTerminal: boolean;
  /** Columns of the terminal, or null. */
  columns: number | null;
  /** Ends the process at once with this code; after it nothing runs. */
  exitNow(code: number): void;
  /** Calls back at SIGINT and SIGTERM until the returned function is called. */
  onSignal(listener: (signal: 'SIGINT' | 'SIGTERM') => void): () => void;
  /** Calls back at an error that nothing caught, which then no longer ends the process by itself. */
  onCrash?(listener: (error: unknown) => void): () => void;
}

/** The real process. */
export function processIo(): Io {
  let readerLeft = false;
  const isGone = ({ code }: NodeJS.ErrnoException): boolean => code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
  process.stdout.on('error', (error) => {
    if (isGone(error)) readerLeft = true;
  });
  // Nobody is left to be told.
  process.stderr.on('error', () => undefined);
  return {
    out: (text) =>
      new Promise((resolve, reject) => {
        if (readerLeft) resolve();
        else process.stdout.write(text, (error) => (error == null || isGone(error) ? resolve() : reject(error)));
      }),
    err(text) {
      try {
        process.stderr.write(text);
      } catch {
        // A full disk behind stderr (faults P5) must not end the run.
      }
    },
    env: process.env,
    get stdin() {
      return process.stdin;
    },
    outIsTerminal: process.stdout.isTTY === true,
    errIsTerminal: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? null,
    exitNow: (code) => process.exit(code),
    onSignal(listener) {
      const onInterrupt = (): void => listener('SIGINT');
      const onTerminate = (): void => listener('SIGTERM');
      process.on('SIGINT', onInterrupt);
      process.on('SIGTERM', onTerminate);
      return () => {
        process.off('SIGINT', onInterrupt);
        process.off('SIGTERM', onTerminate);
      };
    },
    onCrash(listener) {
      process.on('uncaughtException', listener);
      process.on('unhandledRejection', listener);
      return () => {
        process.off('uncaughtException', listener);
        process.off('unhandledRejection', listener);
      };
    },
  };
}
