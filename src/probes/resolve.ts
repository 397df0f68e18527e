import { iterate } from '../iteration/iterate.ts';
import type { FamilyPolicy, Resolution } from '../iteration/types.ts';
import { viaResolver } from '../iteration/via-resolver.ts';
import { drive } from './ask.ts';
import type { ProbeContext } from './context.ts';

interface Wanted {
  name: string;
  type: string;
  policy: FamilyPolicy;
}

/** Resolutions of an agency: its probes ask for the same hosts and zones, each for its own purpose. */
const resolutions = new WeakMap<ProbeContext, Map<string, Promise<Resolution>>>();

/**
 * Resolves a name as the run does it: own iteration under a policy, or the resolvers' answer whatever the policy. Once for an agency; what
 * broke is tried again, as a trouble of our own may have been over by then.
 */
export function resolve(context: ProbeContext, wanted: Wanted): Promise<Resolution> {
  const mine = resolutions.get(context) ?? new Map<string, Promise<Resolution>>();
  resolutions.set(context, mine);
  const key = `${wanted.type} ${wanted.policy} ${wanted.name}`;
  const known = mine.get(key);
  if (known !== undefined) return known;
  const forget = (): boolean => mine.delete(key);
  const found = resolveAnew(context, wanted);
  mine.set(key, found);
  found.then(({ outcome }) => (outcome === 'broken' ? forget() : undefined), forget);
  return found;
}

async function resolveAnew(context: ProbeContext, { name, type, policy }: Wanted): Promise<Resolution> {
  const { network, resolution, settings, isUsable, runId } = context;
  if (resolution.mode === 'resolver') {
    return drive(network, viaResolver(resolution, name, type), { settings, recursionDesired: true, checkingDisabled: true });
  }
  return drive(network, iterate({ roots: resolution.rootServers, policy, limits: settings.dns, isUsable, seed: runId }, name, type), {
    settings,
  });
}
