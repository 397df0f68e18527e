import { ourFailures } from '../model/failure.ts';
import type { Observation, Operation } from '../model/observation.ts';

/** What this run knows of endpoints: who answered anything, and who was silent through all the tries. */
export interface EndpointMemory {
  note(observation: Observation): void;
  hasAnswered(operation: Operation): boolean;
  noteSilent(operation: Operation): void;
  /** Silent through all tries for a question of this class, and nothing else was ever answered there. */
  isSilent(operation: Operation): boolean;
}

/** More endpoints than a run of 10,000 agencies has; the oldest are forgotten, which only costs patience. */
const maxEndpoints = 100_000;

export function createEndpointMemory(): EndpointMemory {
  const answered = new Set<string>();
  const silent = new Set<string>();
  return {
    note(observation) {
      if (answeredSomething(observation)) addBounded(answered, endpointKey(observation));
    },
    hasAnswered: (operation) => answered.has(endpointKey(operation)),
    noteSilent: (operation) => addBounded(silent, questionClassKey(operation)),
    isSilent: (operation) => silent.has(questionClassKey(operation)) && !answered.has(endpointKey(operation)),
  };
}

/**
 * Did anything come back from the address and port itself? A completed TCP connect counts, so does a datagram that could not be
 * read. A refusal is no answer of the service, and what routers say is none of the target.
 */
export function answeredSomething(observation: Observation): boolean {
  const { failure } = observation;
  if (failure === null || observation.response !== null) return true;
  if (ourFailures.has(failure.code) || failure.step === 'gate') return false;
  if (observation.op !== 'dns-query') return failure.step !== 'connect';
  return failure.code === 'malformed' || (observation.request.transport === 'tcp' && failure.step === 'answer');
}

function endpointKey({ op, request }: Operation | Observation): string {
  const transport = op === 'dns-query' ? request.transport : 'tcp';
  return `${request.address} ${transport}/${request.port}`;
}

const ordinaryTypes: ReadonlySet<string> = new Set(['A', 'AAAA', 'NS', 'MX', 'CNAME', 'TXT', 'PTR']);

/**
 * A server may drop one unusual question and answer all others (faults D15): silence is remembered per class of question,
 * and SOA, the test of liveness, is a class of its own.
 */
function questionClassKey(operation: Operation): string {
  if (operation.op !== 'dns-query') return endpointKey(operation);
  const { type, udpPayloadBytes, dnssecOk } = operation.request;
  return `${endpointKey(operation)} ${ordinaryTypes.has(type) ? 'ordinary' : type} ${udpPayloadBytes ?? 'plain'} ${dnssecOk}`;
}

function addBounded(set: Set<string>, key: string): void {
  set.add(key);
  if (set.size <= maxEndpoints) return;
  for (const oldest of set) {
    set.delete(oldest);
    return;
  }
}
