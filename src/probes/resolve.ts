import { iterate } from '../iteration/iterate.ts';
import type { FamilyPolicy, Resolution } from '../iteration/types.ts';
import { viaResolver } from '../iteration/via-resolver.ts';
import { drive } from './ask.ts';
import type { ProbeContext } from './context.ts';

/** Resolves a name as the run does it: own iteration under a policy, or the resolvers' answer whatever the policy. */
export async function resolve(context: ProbeContext, question: { name: string; type: string; policy: FamilyPolicy }): Promise<Resolution> {
  const { network, resolution, settings, isUsable, runId } = context;
  const { name, type, policy } = question;
  if (resolution.mode === 'resolver') {
    return drive(network, viaResolver(resolution, name, type), { settings, recursionDesired: true, checkingDisabled: true });
  }
  return drive(network, iterate({ roots: resolution.rootServers, policy, limits: settings.dns, isUsable, seed: runId }, name, type), {
    settings,
  });
}
