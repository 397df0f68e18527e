import type { RunFolder } from '../runner/run-folder.ts';
import type { AuditOptions } from './options.ts';

/** The command that continues a run: what the manifest does not hold must be given again. */
export function resumeCommand(folder: Pick<RunFolder, 'id'>, options: Partial<AuditOptions> & Pick<AuditOptions, 'runDir'>): string {
  const words = ['ipv6gov', 'audit', '--resume', folder.id];
  const add = (name: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined) words.push(name, quoted(value));
  };
  if (options.runDir !== 'runs') add('--run-dir', options.runDir);
  add('--opt-out', options.optOut);
  add('--criteria', options.criteria);
  add('--vrps', options.vrps);
  add('--asn-db', options.asnDb);
  add('--contact', options.contact);
  add('--helo', options.helo);
  for (const file of options.certificateFiles ?? []) add('--ca', file);
  if (options.keepBodies === true) words.push('--keep-bodies');
  if (options.labRates === true) words.push('--lab-rates');
  return words.join(' ');
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
