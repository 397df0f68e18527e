import type { Cause } from '../model/cause.ts';
import { type Family, families, type Observation } from '../model/observation.ts';
import { type AgencyContext, cached } from './context.ts';
import { type Fact, known, unknown } from './fact.ts';
import { type Presence, webAddresses } from './web-addresses.ts';
import { connectionVerdict, webConnections } from './web-connections.ts';
import { ipv4ControlCause } from './web-ipv4-control.ts';
import { idsOf, responded, urlOf } from './web-requests.ts';

export interface WebLatency {
  host: string;
  presence: Presence;
  ipv4Published: boolean;
  connection: 'reached' | 'fails' | 'not-offered' | 'unknown';
  cause: Cause | null;
  /** Connects and first bytes of the same exchanges in both families: how many, and their medians in ms. */
  samples: number;
  medianMs: { 6: number; 4: number } | null;
}

/** Times of what was asked anyway: the same exchange over both families makes a pair, so that like is compared with like. */
export function webLatency(context: AgencyContext, host: string): Fact<WebLatency> {
  return cached(context, `webLatency ${host}`, () => {
    const [addresses, connections] = [webAddresses(context, host), webConnections(context, host)];
    if (!addresses.known) return unknown(addresses.cause, addresses.observations);
    if (!connections.known) return unknown(connections.cause, connections.observations);
    const { presence, ipv4Published } = addresses.value;
    const { verdict, cause } = connectionVerdict(connections.value);
    const [six, four] = families.map((family) => samplesOf(context, host, family));
    const shared = [...(six?.keys() ?? [])].filter((key) => four?.has(key));
    const times = (side: Map<string, number[]> | undefined): number[] => shared.map((key) => median(side?.get(key) ?? []));
    const ipv4Answers = context.evidence.httpRequests(host, 4).some(responded);
    return known(
      {
        host,
        presence,
        ipv4Published,
        connection: verdict,
        cause: cause ?? (ipv4Answers ? null : ipv4ControlCause(context, host)),
        samples: shared.length,
        medianMs: shared.length === 0 ? null : { 6: Math.round(median(times(six))), 4: Math.round(median(times(four))) },
      },
      [...connections.observations, ...idsOf(families.flatMap((family) => context.evidence.httpRequests(host, family)))],
    );
  });
}

/** Milliseconds by what was timed. A try during which our own event loop was late measured us, not the network. */
function samplesOf(context: AgencyContext, host: string, family: Family): Map<string, number[]> {
  const samples = new Map<string, number[]>();
  const note = (key: string, ms: number | null): void => {
    if (ms !== null) samples.set(key, [...(samples.get(key) ?? []), ms]);
  };
  for (const observation of context.evidence.httpRequests(host, family)) {
    const { request, response } = observation;
    if (response === null || isLate(context, observation)) continue;
    const asked = `${urlOf(request)} ${request.shape} ${request.round}`;
    note(`connect ${asked}`, response.timing.connectMs);
    note(`first-byte ${asked}`, response.timing.firstByteMs);
  }
  return samples;
}

function isLate(context: AgencyContext, observation: Observation): boolean {
  return (observation.tries.at(-1)?.loopDelayMs ?? 0) > context.manifest.settings.run.loopLagMs;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
