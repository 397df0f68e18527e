import type { RunFacts } from '../facts/context.ts';
import { endpointOf, lastTryWindow } from '../facts/observed.ts';
import { registrableDomain } from '../facts/registrable-domain.ts';
import type { Agency } from '../model/agency.ts';
import { ourFailures } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import { retestOperations } from '../probes/retest.ts';
import { nameOf, proofClassOf } from './proof-memory.ts';

/**
 * Did a gap of our own connectivity fall on this agency (faults V2)? Something failed over a family that works for us at other times
 * of the run, for want of a route, or without a proof of the vantage around it; and the same endpoint did not answer later.
 * Mail is left out: its proofs are rare by nature, and a missing one is no gap.
 */
export function fellIntoGap(agency: Agency, observations: readonly Observation[], facts: RunFacts): boolean {
  const lost = observations.filter((observation) => isLost(observation, agency, facts));
  if (lost.length === 0) return false;
  const answered = new Map<string, string>();
  for (const observation of observations) {
    const key = placeOf(observation);
    if (observation.failure === null && observation.startedAt > (answered.get(key) ?? '')) answered.set(key, observation.startedAt);
  }
  return lost.some((observation) => (answered.get(placeOf(observation)) ?? '') <= observation.startedAt);
}

const placeOf = (observation: Observation): string => `${observation.request.address} ${endpointOf(observation)} ${observation.op}`;

function isLost(observation: Observation, agency: Agency, { vantage, provenAround }: RunFacts): boolean {
  const { failure, request } = observation;
  const proof = proofClassOf(observation);
  if (failure === null || failure.step === 'gate' || proof === null || proof === 'smtp') return false;
  if (vantage[proof][`${request.family}`] !== 'proven') return false;
  if (failure.code === 'no-route') return true;
  if (request.family !== 6 || ourFailures.has(failure.code)) return false;
  const name = nameOf(observation);
  const subject = registrableDomain(name === '' ? agency.domain : name);
  return !provenAround({ class: proof, family: 6, subject, ...lastTryWindow(observation) });
}

/**
 * Did something heal at the second look, which had no room for all that failed? Then the rest would stand as it was seen in a bad moment,
 * of ours or of the agency's (faults V2, V7). A server that is really dead heals nowhere.
 */
export function healedInPart(main: readonly Observation[], retest: readonly Observation[]): boolean {
  return retest.some(({ failure }) => failure === null) && retestOperations([...main, ...retest]).length > 0;
}
