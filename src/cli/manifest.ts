import { type ResolutionMode, type RunManifest, runManifestSchema } from '../model/run.ts';
import { defaultSettings, type Settings } from '../model/settings.ts';
import { parseRootHints, RootHintsError } from '../parsers/root-hints.ts';
import { parseTrustAnchors, TrustAnchorError } from '../parsers/trust-anchor.ts';
import type { AuditOptions, PathOptions } from './options.ts';
import { spoolName } from './spool.ts';
import { badFile, readTextFile } from './text-file.ts';
import { toolVersion } from './version.ts';

const shippedHints = new URL('../../fixtures/root.hints', import.meta.url);
const maxHintsBytes = 1_048_576;

/** From the root, or through the resolvers given. Throws `CliError` for hints that cannot be used. */
export async function resolutionMode({ resolvers, rootHints }: Pick<PathOptions, 'resolvers' | 'rootHints'>): Promise<ResolutionMode> {
  if (resolvers.length > 0) return { mode: 'resolver', resolvers: [...resolvers] };
  const path = rootHints ?? shippedHints.pathname;
  const text = await readTextFile(rootHints ?? decodeURIComponent(shippedHints.pathname), maxHintsBytes);
  try {
    return { mode: 'iterative', rootServers: parseRootHints(text) };
  } catch (error) {
    throw error instanceof RootHintsError ? badFile(path, error.message) : error;
  }
}

/** Trust anchors of a file, or null for none. Throws `CliError` with the line that cannot be used. */
export async function trustAnchorsOf(path: string | null): Promise<ManifestInput['trustAnchors']> {
  if (path === null) return null;
  try {
    return parseTrustAnchors(await readTextFile(path, maxHintsBytes));
  } catch (error) {
    throw error instanceof TrustAnchorError ? badFile(path, error.message) : error;
  }
}

/** The settings with what the command line changes. */
export function settingsOf({ concurrency, timeoutMs }: Pick<AuditOptions, 'concurrency' | 'timeoutMs'>): Settings {
  const { run } = defaultSettings;
  return {
    ...defaultSettings,
    run: { ...run, agenciesInFlight: concurrency, agencyBudgetMs: timeoutMs },
  };
}

export interface ManifestInput {
  id: string;
  startedAt: Date;
  vantage: string;
  criteria: RunManifest['criteria'];
  /** `--trust-anchor`, or null: the shipped ones. */
  trustAnchors: RunManifest['trustAnchors'] | null;
  resolution: ResolutionMode;
  settings: Settings;
  controls: { web: readonly string[]; smtp: readonly string[] };
  addressPolicy: RunManifest['addressPolicy'];
  servicesOverride: RunManifest['servicesOverride'];
  list: { fingerprint: string; agencies: number; duplicates: number };
}

/** `run.json` of a new run, checked against its schema. */
export function manifestOf(input: ManifestInput): RunManifest {
  const { fingerprint, agencies, duplicates } = input.list;
  return runManifestSchema.parse({
    schema: 'ipv6gov.run/1',
    id: input.id,
    tool: { name: 'ipv6gov', version: toolVersion() },
    startedAt: input.startedAt.toISOString(),
    vantage: input.vantage,
    criteria: { name: input.criteria.name, version: input.criteria.version },
    ...(input.trustAnchors === null ? {} : { trustAnchors: input.trustAnchors }),
    resolution: input.resolution,
    settings: input.settings,
    controls: { web: [...input.controls.web], smtp: [...input.controls.smtp] },
    addressPolicy: input.addressPolicy,
    servicesOverride: input.servicesOverride,
    input: { fingerprint, agencies, duplicates },
    inputFile: spoolName,
  });
}
