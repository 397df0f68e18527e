import { join } from 'node:path';
import type { Catalogue } from '../i18n/catalogue.ts';
import { fleetWords } from '../i18n/fleet-words.ts';
import type { RunManifest } from '../model/run.ts';
import { defaultSettings } from '../model/settings.ts';
import { readFleet } from '../runner/fleet-folder.ts';
import type { LiveOptions } from '../runner/network-stack.ts';
import { createRunFolder, newRunId, type RunFolder, writeManifest } from '../runner/run-folder.ts';
import { saying } from './between-error.ts';
import { bringListUpToDate } from './changed-list.ts';
import { CliError } from './cli-error.ts';
import { findRun } from './find-run.ts';
import type { Io } from './io.ts';
import { manifestOf, resolutionMode, settingsOf, trustAnchorsOf } from './manifest.ts';
import type { Notes } from './notes.ts';
import type { OptOut } from './opt-out.ts';
import type { AuditOptions } from './options.ts';
import type { PreparedRun } from './perform-run.ts';
import { type AgencyList, readAgencies } from './read-agencies.ts';
import { keepSpool, readSpool } from './spool.ts';
import { toolVersion } from './version.ts';

/** What stands in for the network and its waits where a whole run is tested. */
export interface Laboratory {
  live: Partial<LiveOptions>;
  manifest: Partial<RunManifest>;
  collect?: PreparedRun['collect'];
}

/** What a run is begun or continued with. */
export interface Session {
  options: AuditOptions;
  criteria: RunManifest['criteria'];
  catalogue: Catalogue;
  notes: Notes;
  optOut: OptOut;
  io: Io;
  laboratory: Laboratory | null;
}

/** A run whose folder, manifest and list are in place. */
export interface Place extends Pick<PreparedRun, 'folder' | 'manifest' | 'agencies' | 'underLock'> {
  /** Removes what was needed until the run ended, or was refused. */
  discard?: () => Promise<void>;
}

/** Reads the list and makes the folder of a new run. Throws `CliError` before anything is made. */
export async function newRun(session: Session): Promise<Place> {
  const { options, criteria } = session;
  if (options.domains.length === 0 && options.lists.length === 0) {
    throw new CliError({ code: 'no-input', say: ({ cli }) => cli.errors.noInput });
  }
  // Everything that can be refused is refused before the list is read and a folder made.
  const resolution = await resolutionMode(options);
  const trustAnchors = await trustAnchorsOf(options.trustAnchor);
  const list = await readList(session);
  try {
    sayCounts(list, session);
    const startedAt = new Date();
    const made = manifestOf({
      id: newRunId(startedAt, Math.random),
      startedAt,
      vantage: options.vantage,
      criteria,
      trustAnchors,
      resolution,
      settings: settingsOf(options),
      controls: { web: options.webControls, smtp: options.smtpControls },
      addressPolicy: options.addressPolicy,
      servicesOverride: options.services,
      list,
    });
    const manifest = { ...made, ...session.laboratory?.manifest };
    const folder = await createRunFolder({ dir: options.runDir, id: manifest.id });
    await keepSpool(list.spool, folder);
    await writeManifest(folder, manifest);
    return { folder, manifest, agencies: agenciesOf(folder, manifest.inputFile) };
  } finally {
    await list.discard();
  }
}

/** The run's own manifest counts; a list given besides is compared, what is new in it is measured, the rest is told (faults P3). */
export async function oldRun(session: Session, run: string): Promise<Place> {
  const { options, catalogue, notes } = session;
  const { folder, manifest } = await findRun(run, options.runDir);
  if ((await saying(() => readFleet(folder))) !== null)
    throw new CliError({ code: 'fleet-run', say: ({ language }) => fleetWords(language).isFleet(run) });
  // Its servers are gone, and its names must not be asked of the real network.
  if (manifest.addressPolicy === 'documentation-is-global' && session.laboratory === null)
    throw new CliError({ code: 'demo-run', say: ({ cli }) => cli.errors.demoRun(run) });
  const version = toolVersion();
  if (manifest.tool.version !== version) notes.warning(catalogue.cli.versionDiffers(manifest.tool.version, version));
  notes.note(catalogue.cli.settingsKept);
  const list = options.domains.length > 0 || options.lists.length > 0 ? await readList(session) : null;
  const underLock = async (): ReturnType<NonNullable<PreparedRun['underLock']>> => {
    const current = await bringListUpToDate(folder, manifest, list);
    const { added, removed, changed } = current.changes;
    if (added + removed + changed > 0) notes.warning(catalogue.cli.listChanged(added, removed, changed));
    return { manifest: current.manifest, agencies: agenciesOf(folder, manifest.inputFile) };
  };
  const discard = async (): Promise<void> => list?.discard();
  return { folder, manifest, agencies: agenciesOf(folder, manifest.inputFile), underLock, discard };
}

/** The list of a run, read anew. */
export function agenciesOf(folder: RunFolder, inputFile: string): PreparedRun['agencies'] {
  return readSpool(join(folder.path, inputFile));
}

function readList({ options, optOut, io }: Session): Promise<AgencyList> {
  const { domains, lists, skipInvalid, allowedSuffixes } = options;
  return readAgencies({
    domains,
    lists,
    skipInvalid,
    allowedSuffixes,
    optedOut: ({ domain }) => optOut.name(domain),
    limits: defaultSettings.input,
    stdin: lists.includes('-') ? io.stdin : emptyInput(),
  });
}

/** Standard input is not touched unless it is asked for. */
async function* emptyInput(): AsyncGenerator<Uint8Array> {}

function sayCounts({ duplicates, invalid, optedOut }: AgencyList, { notes, catalogue: { cli } }: Session): void {
  if (duplicates > 0) notes.note(cli.duplicates(duplicates));
  if (invalid > 0) notes.warning(cli.skippedInvalid(invalid));
  if (optedOut > 0) notes.note(cli.optedOut(optedOut));
}
