import { z } from 'zod';
import { settingsSchema } from './settings.ts';

export const rootServerSchema = z.strictObject({ name: z.string(), addresses: z.array(z.string()) });
export type RootServer = z.infer<typeof rootServerSchema>;

/** How names are resolved in a run: own iteration from the root, or the answers of resolvers (`--resolver`). */
export const resolutionModeSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('iterative'), rootServers: z.array(rootServerSchema) }),
  z.strictObject({ mode: z.literal('resolver'), resolvers: z.array(z.string()) }),
]);
export type ResolutionMode = z.infer<typeof resolutionModeSchema>;

/** A DS of the root's key from which DNSSEC validation starts (`--trust-anchor FILE`). */
export const trustAnchorSchema = z.strictObject({ keyTag: z.int(), algorithm: z.int(), digestType: z.int(), digest: z.string() });

/** `run.json`: what a run was asked to do. Judging needs nothing else but the journal. */
export const runManifestSchema = z.strictObject({
  schema: z.literal('ipv6gov.run/1'),
  id: z.string(),
  tool: z.strictObject({ name: z.literal('ipv6gov'), version: z.string() }),
  startedAt: z.iso.datetime(),
  vantage: z.string(),
  criteria: z.strictObject({ name: z.string(), version: z.string() }),
  resolution: resolutionModeSchema,
  settings: settingsSchema,
  /** Trust anchors given for this run; left out, the shipped ones count where the root servers are the public ones. */
  trustAnchors: z.array(trustAnchorSchema).optional(),
  /** Names given with --web-control and --smtp-control. */
  controls: z.strictObject({ web: z.array(z.string()), smtp: z.array(z.string()) }),
  /** Names special ranges that count as global in this run: 'none', 'documentation' (testbed) or 'all' (--allow-private). */
  addressPolicy: z.enum(['public', 'documentation-is-global', 'allow-private']),
  servicesOverride: z.enum(['active', 'listed']),
  /** SHA-256 over the normalised input list. */
  input: z.strictObject({ fingerprint: z.string(), agencies: z.int(), duplicates: z.int() }),
  /** Folder-relative name of the spooled input, so that a resumed run needs no stdin. */
  inputFile: z.string(),
});
export type RunManifest = z.infer<typeof runManifestSchema>;
