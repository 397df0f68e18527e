import type { CheckDefinition } from '../checks/define-check.ts';
import type { Collected } from '../fleet/collect.ts';
import { fleetWords } from '../i18n/fleet-words.ts';
import type { RunManifest } from '../model/run.ts';
import { defaultSettings } from '../model/settings.ts';
import { partsOfRun, readFleet, writeFleet } from '../runner/fleet-folder.ts';
import { acquireLock } from '../runner/lock.ts';
import { reportVantages } from '../runner/report-vantages.ts';
import type { RunFolder } from '../runner/run-folder.ts';
import { agenciesOf, newRun, type Session } from './begin-run.ts';
import { saying } from './between-error.ts';
import { CliError } from './cli-error.ts';
import { openEngine, sayingEngine } from './engine-access.ts';
import { exitCodes } from './exit-codes.ts';
import { findRun } from './find-run.ts';
import type { FleetAudit } from './fleet-options.ts';
import type { JudgingExtras } from './judging-extras.ts';
import { concludeRun, stoppedCode } from './perform-run.ts';
import { createProgress } from './progress.ts';
import { listenForSignals } from './signals.ts';

/** An audit that workers of several vantages measure. */
export interface FleetAuditInput {
  session: Session;
  fleet: FleetAudit;
  checks: readonly CheckDefinition[];
  skipped: ReadonlySet<string>;
  extras: JudgingExtras;
}

/** `ipv6gov audit --engine URL --vantage A --vantage B`: submits, collects, judges, reports; with `--detach` only the first, with `--attach` the rest. */
export async function fleetAudit(input: FleetAuditInput): Promise<number> {
  const { session, fleet } = input;
  const { io, notes, options, catalogue } = session;
  const words = fleetWords(options.language);
  const engine = await openEngine(fleet, 'ipv6gov audit');
  try {
    const { folder, manifest, vantages } = await placeOf(session, fleet);
    const lock = await acquireLock(folder);
    const attach = `ipv6gov audit --engine ${fleet.engine} --attach ${folder.id}`;
    const stopper = listenForSignals(io, defaultSettings.run.shutdownMs, () => notes.warning(words.attachWith(attach)));
    const progress = await createProgress(io, { catalogue, notes, quiet: options.quiet });
    try {
      const { coordinate } = await import('../fleet/coordinate.ts');
      const collected = await sayingEngine(fleet.engine ?? '', () =>
        coordinate({
          engine,
          folder,
          manifest,
          agencies: () => agenciesOf(folder, manifest.inputFile),
          detach: fleet.detach,
          deadlineMs: fleet.deadlineMs,
          signal: stopper.signal,
          onCell: ({ cells }) => {
            const done = countOf(cells);
            progress.event({ kind: 'agency', done, total: vantages.length * manifest.input.agencies, id: '' });
          },
        }),
      );
      progress.stop();
      if (stopper.stoppedBy() !== null) return stoppedCode(stopper);
      if (collected === null) {
        notes.note(words.submitted(manifest.input.agencies, vantages.join(', ')));
        notes.note(words.attachWith(attach));
        await io.out(`${folder.id}\n`);
        return exitCodes.good;
      }
      sayCollected(collected, input);
      const [first, ...others] = await partsOfRun(folder);
      if (first === undefined)
        throw new CliError({
          code: 'no-evidence',
          exitCode: exitCodes.ownTrouble,
          say: ({ language }) => fleetWords(language).noEvidence(vantages.join(', ')),
        });
      const { checks, skipped, extras } = input;
      const { baseline: _, ...judging } = extras;
      const judged = await reportVantages({ ...judging, checks, skipped, runs: [first, ...others], asked: vantages, id: manifest.id });
      for (const { name, missing } of judged.report.vantages)
        if (missing !== undefined) notes.warning(words.missing(name, missing, manifest.input.agencies));
      return await concludeRun({ folder, manifest, checks, skipped, extras, options, catalogue, notes, resumeCommand: attach }, judged, {
        io,
        stopper,
      });
    } finally {
      progress.stop();
      stopper.release();
      await lock.release();
    }
  } finally {
    await engine.close();
  }
}

async function placeOf(
  session: Session,
  fleet: FleetAudit,
): Promise<{ folder: RunFolder; manifest: RunManifest; vantages: readonly string[] }> {
  const { options } = session;
  const { attach } = fleet;
  if (attach !== null) {
    const { folder, manifest } = await findRun(attach, options.runDir);
    const known = await saying(() => readFleet(folder));
    if (known === null) throw new CliError({ code: 'not-fleet', say: ({ language }) => fleetWords(language).notFleet(attach) });
    return { folder, manifest, vantages: known.vantages };
  }
  if (fleet.vantages.length === 0) throw new CliError({ code: 'no-vantage', say: ({ language }) => fleetWords(language).needsVantage });
  const { folder, manifest } = await newRun(session);
  await writeFleet(folder, { vantages: [...fleet.vantages], submitted: {} });
  return { folder, manifest, vantages: fleet.vantages };
}

const countOf = (cells: Collected['cells']): number => [...cells.values()].reduce((sum, ids) => sum + ids.size, 0);

function sayCollected({ cells, repeated, rejected }: Collected, { session: { notes, options } }: FleetAuditInput): void {
  const words = fleetWords(options.language);
  notes.note(words.collected([...cells].map(([vantage, ids]) => `${vantage} ${ids.size}`).join(', ')));
  if (repeated > 0) notes.note(words.repeated(repeated));
  if (rejected > 0) notes.warning(words.rejected(rejected));
}
