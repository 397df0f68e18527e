import type { Family } from '../model/observation.ts';
import { httpTarget } from '../parsers/http-target.ts';
import { hashText, mix32 } from '../parsers/min-hash.ts';
import type { ProbeContext } from './context.ts';
import { askHttp, connectFailed } from './http-ask.ts';
import type { ChainHop, WalkedChain } from './redirect-chain.ts';

/** The chains of one family, from https:// and from http://. */
export interface FamilyChains {
  https: WalkedChain;
  http: WalkedChain;
}
export type ChainsByFamily = Partial<Record<Family, FamilyChains>>;

/** Where the page was reached, per family; absent where the chain did not end in a page. */
export type Landings = Partial<Record<Family, ChainHop>>;

/** Which family goes first for this host in this run: half of the hosts each way, the same in every replay (faults W14). */
export function familyOrder(runId: string, host: string): readonly [Family, Family] {
  return mix32(hashText(`${runId} ${host}`)) % 2 === 0 ? [4, 6] : [6, 4];
}

function landingOf(chain: WalkedChain | undefined): ChainHop | undefined {
  return chain?.end === 'page' ? chain.hops.at(-1) : undefined;
}

/** Where the chains end: those from https:// where port 443 took a connection in any family, else those from http://. */
export function landingsOf(chains: ChainsByFamily): Landings {
  const starts = ([6, 4] as const).flatMap((family) => chains[family]?.https.hops[0] ?? []);
  const scheme = starts.some(({ observation }) => !connectFailed(observation)) ? 'https' : 'http';
  const landings: Landings = {};
  for (const family of [6, 4] as const) {
    const landing = landingOf(chains[family]?.[scheme]);
    if (landing !== undefined) landings[family] = landing;
  }
  return landings;
}

/** The page came whole, or was cut by a cap of ours: its prefix is compared. */
function isComparable({ observation }: ChainHop): boolean {
  return observation.failure === null || observation.failure.code === 'too-large';
}

/** Asks both final pages a second time, one after the other in the host's order; nothing when a family has no page to repeat. */
export async function probeSecondRound(context: ProbeContext, host: string, landings: Landings): Promise<void> {
  const order = familyOrder(context.runId, host).map((family) => landings[family]);
  if (!order.every((landing) => landing !== undefined && isComparable(landing))) return;
  for (const landing of order) {
    const target = landing === undefined ? null : httpTarget(landing.url);
    if (landing === undefined || target === null) continue;
    const { family, address } = landing.observation.request;
    await askHttp(context, target, { family, address, round: '2', shape: 'page' });
  }
}
