import { betweenWords } from '../i18n/between-words.ts';
import { JournalError } from '../runner/evidence-journal.ts';
import { LockedError } from '../runner/lock.ts';
import { CliError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';

/** Says of the disk, not of our code (faults P5). */
const diskCodes: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EACCES',
  'EPERM',
  'EFBIG',
  'ENOTDIR',
  'EISDIR',
  'ENOENT',
]);

/** What ended a command as something that can be said; what nobody expected is a fault of ours. */
export function translateError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof LockedError) {
    const { pid, host } = error;
    return new CliError({ code: 'locked', say: ({ cli }) => cli.errors.locked(pid, host) });
  }
  if (error instanceof JournalError) return journalError(error);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && 'code' in error && 'path' in error && diskCodes.has(String(error.code))) {
    const [path, code] = [String(error.path), String(error.code)];
    return new CliError({ code: 'cannot-write', exitCode: exitCodes.ownTrouble, say: ({ cli }) => cli.errors.cannotWrite(path, code) });
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return new CliError({ code: 'cannot-write', exitCode: exitCodes.ownTrouble, say: ({ cli }) => cli.errors.cannotWrite('', 'ENOSPC') });
  }
  return new CliError({ code: 'internal', exitCode: exitCodes.ownTrouble, say: ({ cli }) => cli.errors.internal(message.slice(0, 500)) });
}

function journalError({ kind, path, positionBytes }: JournalError): CliError {
  if (kind === 'torn') return new CliError({ code: 'evidence-torn', say: ({ cli }) => cli.errors.evidenceTorn });
  if (kind === 'schema') {
    return new CliError({
      code: 'run-newer-schema',
      say: ({ language }) => betweenWords(language).problems['newer-schema'](path, `byte ${positionBytes}`),
    });
  }
  return new CliError({ code: 'evidence-damaged', say: ({ cli }) => cli.errors.evidenceDamaged(path, positionBytes) });
}
