import { loadChecks } from '../checks/index.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { type Laboratory, newRun, oldRun, type Session } from './begin-run.ts';
import { checksOff } from './choose-checks.ts';
import { findRun } from './find-run.ts';
import type { Io } from './io.ts';
import { openExtras } from './judging-extras.ts';
import { liveOptions } from './live-options.ts';
import { createNotes } from './notes.ts';
import { nobodyOptedOut, readOptOut } from './opt-out.ts';
import type { AuditOptions } from './options.ts';
import { performRun } from './perform-run.ts';
import { resumeCommand } from './resume-command.ts';
import { checkOutputs } from './write-outputs.ts';

/** `ipv6gov audit`: measure, judge, report. Returns the exit code; throws `CliError`. */
export async function auditCommand(
  options: AuditOptions,
  catalogue: Catalogue,
  io: Io,
  laboratory: Laboratory | null = null,
): Promise<number> {
  const notes = createNotes(io, catalogue, options);
  const checks = await loadChecks();
  const skipped = checksOff(checks, options);
  if (skipped.size > 0) notes.note(catalogue.cli.checksOff(skipped.size));
  await checkOutputs(options.outputs);
  const optOut = options.optOut === null ? nobodyOptedOut : await readOptOut(options.optOut);
  const manifest = options.resume === null ? null : (await findRun(options.resume, options.runDir)).manifest;
  const extras = await openExtras({ options, checks, catalogue, notes, vantage: options.vantage, manifest });
  const session: Session = { options, criteria: extras.rubric, catalogue, notes, optOut, io, laboratory };
  if (options.fleet !== null) {
    const { fleetAudit } = await import('./fleet-audit.ts');
    return fleetAudit({ session, fleet: options.fleet, checks, skipped, extras });
  }
  const place = options.resume === null ? await newRun(session) : await oldRun(session, options.resume);
  try {
    const live = { ...(await liveOptions(options, optOut)), ...laboratory?.live };
    const collect = laboratory?.collect === undefined ? {} : { collect: laboratory.collect };
    const { discard: _, ...prepared } = place;
    return await performRun(
      {
        ...prepared,
        ...collect,
        live,
        checks,
        skipped,
        extras,
        options,
        catalogue,
        notes,
        resumeCommand: resumeCommand(place.folder, options),
      },
      io,
    );
  } finally {
    await place.discard?.();
  }
}
