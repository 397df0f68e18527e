import { iterate } from '../iteration/iterate.ts';
import type { FamilyPolicy, Resolution } from '../iteration/types.ts';
import { viaResolver } from '../iteration/via-resolver.ts';
import { drive, type KnownAnswers } from './ask.ts';
import type { ProbeContext } from './context.ts';

interface Wanted {
  name: string;
  type: string;
  policy: FamilyPolicy;
}

/** What was resolved for an agency: its probes ask for the same hosts and zones, each for its own purpose. */
interface Resolved {
  resolutions: Map<string, Promise<Resolution>>;
  known: KnownAnswers;
}

const resolvedFor = new WeakMap<ProbeContext, Resolved>();

/**
 * Resolves a name as the run does it: own iteration under a policy, or the resolvers' answer whatever the policy. Once for an agency; what
 * broke is tried again, as a trouble of our own may have been over by then.
 */
export function resolve(context: ProbeContext, wanted: Wanted): Promise<Resolution> {
  const mine = resolvedFor.get(context) ?? { resolutions: new Map(), known: new Map() };
  resolvedFor.set(context, mine);
  const { resolutions, known } = mine;
  const key = `${wanted.type} ${wanted.policy} ${wanted.name}`;
  const earlier = resolutions.get(key);
  if (earlier !== undefined) return earlier;
  const forget = (): boolean => resolutions.delete(key);
  const found = resolveAnew(context, wanted, known);
  resolutions.set(key, found);
  found.then(({ outcome }) => (outcome === 'broken' ? forget() : undefined), forget);
  return found;
}

async function resolveAnew(context: ProbeContext, { name, type, policy }: Wanted, known: KnownAnswers): Promise<Resolution> {
  const { network, resolution, settings, isUsable, runId } = context;
  if (resolution.mode === 'resolver') {
    return drive(network, viaResolver(resolution, name, type), { settings, recursionDesired: true, checkingDisabled: true, known });
  }
  return drive(network, iterate({ roots: resolution.rootServers, policy, limits: settings.dns, isUsable, seed: runId }, name, type), {
    settings,
    known,
  });
}
