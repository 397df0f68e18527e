import { ourFailures, transientFailures } from '../model/failure.ts';
import type { Observation, ObservationOf, Operation } from '../model/observation.ts';

/** More than this an agency is not asked again at the end of a run. */
const maxRetests = 40;

/**
 * What is asked once more at the end of the run, decided from observations alone, so that a worker without checks can do it
 * (design §4): every IPv6 operation that failed, or got a worse status, while its IPv4 twin did not; and every DNS question
 * that a name server left unanswered.
 */
export function retestOperations(observations: readonly Observation[]): Operation[] {
  const asked = new Set(observations.filter(({ request }) => request.round === 'retest').map(retestKey));
  const wanted = new Map<string, Operation>();
  for (const observation of observations) {
    if (observation.request.round === 'retest' || !needsRetest(observation, observations)) continue;
    const key = retestKey(observation);
    if (!asked.has(key)) wanted.set(key, retestOf(observation));
  }
  return [...wanted.values()].sort((left, right) => precedence(left) - precedence(right)).slice(0, maxRetests);
}

/** A dead name server leaves dozens of questions open: its SOA tells whether it lives, and web and mail must not wait behind the rest. */
function precedence({ op, request }: Operation): number {
  if (op !== 'dns-query') return 1;
  return request.type === 'SOA' ? 0 : 2;
}

function retestOf(observation: Observation): Operation {
  return { op: observation.op, request: { ...observation.request, round: 'retest' } } as Operation;
}

function retestKey({ op, request }: Observation): string {
  return `${op} ${JSON.stringify({ ...request, round: 'retest' })}`;
}

function needsRetest(observation: Observation, all: readonly Observation[]): boolean {
  const { failure } = observation;
  if (failure !== null && (ourFailures.has(failure.code) || failure.code === 'address-refused')) return false;
  if (observation.op === 'dns-query') return failure !== null && transientFailures.has(failure.code) && observation.request.name !== '';
  if (observation.request.family !== 6) return false;
  if (failure !== null)
    return twins(observation, all).length === 0 ? !hasIpv4Twin(observation, all) : twins(observation, all).some(isWhole);
  return observation.op === 'http-request' && isWorseThanTwin(observation, all);
}

const isWhole = (observation: Observation): boolean => observation.failure === null;

/** The same exchange over IPv4: same op, port and name, whatever the address. */
function twins(observation: Observation, all: readonly Observation[]): Observation[] {
  return all.filter(
    (other) =>
      other.op === observation.op &&
      other.request.family === 4 &&
      other.request.port === observation.request.port &&
      sameTarget(observation, other),
  );
}

function sameTarget(one: Observation, other: Observation): boolean {
  if (one.op === 'http-request' && other.op === 'http-request') {
    return one.request.host === other.request.host && one.request.path === other.request.path && one.request.shape === other.request.shape;
  }
  if (one.op === 'smtp-session' && other.op === 'smtp-session') return one.request.host === other.request.host;
  return one.op === 'tcp-connect' && other.op === 'tcp-connect';
}

/** A host without IPv4 has no twin to compare with: its failure is looked at again all the same. */
function hasIpv4Twin(observation: Observation, all: readonly Observation[]): boolean {
  return all.some((other) => other.op !== 'dns-query' && other.request.family === 4 && other.request.port === observation.request.port);
}

function isWorseThanTwin(observation: ObservationOf<'http-request'>, all: readonly Observation[]): boolean {
  const status = observation.response?.status ?? 0;
  if (status < 400) return false;
  return twins(observation, all).some((twin) => twin.op === 'http-request' && twin.response !== null && twin.response.status < 400);
}
