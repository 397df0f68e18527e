import type { EvidenceRecord } from '../src/model/evidence.ts';
import { ourFailures } from '../src/model/failure.ts';
import type { Observation, Operation } from '../src/model/observation.ts';
import { isDead } from './world.ts';

export const kinds = ['dns-udp', 'dns-tcp', 'connect', 'http', 'https', 'tls', 'smtp', 'dead'] as const;
export type Kind = (typeof kinds)[number];

/** One operation that a run performed, and how often it was tried. */
export interface Performed {
  kind: Kind;
  operation: Operation;
  tries: number;
}

/** What a run did on the network, by its evidence; the same observation in the records of several agencies counts once. */
export interface Work {
  performed: Performed[];
  queries: number;
  handshakes: number;
  /** Tries that ended in a timeout although the address answers, and tries that failed for our own limits. */
  falseTimeouts: number;
  localLimits: number;
}

export function createWork(): { add(record: EvidenceRecord): void; finish(): Work } {
  const seen = new Set<string>();
  const work: Work = { performed: [], queries: 0, handshakes: 0, falseTimeouts: 0, localLimits: 0 };
  function note(observation: Observation): void {
    const key = `${observation.id} ${observation.startedAt}`;
    if (seen.has(key) || wasNotSent(observation)) return;
    seen.add(key);
    const kind = kindOf(observation);
    const operation = { op: observation.op, request: observation.request } as Operation;
    work.performed.push({ kind, operation, tries: observation.tries.length });
    if (observation.op === 'dns-query') work.queries += observation.tries.length;
    if (madeHandshake(observation)) work.handshakes += 1;
    for (const { failure } of observation.tries) {
      if (failure?.code === 'local-limit') work.localLimits += 1;
      if (failure?.code === 'timeout' && kind !== 'dead') work.falseTimeouts += 1;
    }
  }
  return {
    add: ({ observations }) => {
      for (const observation of observations) note(observation);
    },
    finish: () => work,
  };
}

const wasNotSent = ({ failure }: Observation): boolean =>
  failure !== null && (failure.step === 'gate' || (ourFailures.has(failure.code) && failure.code !== 'local-limit'));

function kindOf(observation: Observation): Kind {
  const { op, request } = observation;
  if (isDead(request.address)) return 'dead';
  switch (op) {
    case 'dns-query':
      return observation.request.transport === 'udp' ? 'dns-udp' : 'dns-tcp';
    case 'tcp-connect':
      return 'connect';
    case 'http-request':
      return observation.request.scheme;
    case 'tls-handshake':
      return 'tls';
    case 'smtp-session':
      return 'smtp';
  }
}

function madeHandshake(observation: Observation): boolean {
  if (observation.op === 'http-request') return (observation.response?.tls ?? observation.handshake ?? null) !== null;
  if (observation.op === 'tls-handshake') return observation.response !== null;
  return observation.op === 'smtp-session' && (observation.response?.startTls?.tls ?? null) !== null;
}

/** How often each kind was tried. */
export function countsOf(performed: readonly Performed[]): Record<Kind, number> {
  const counts = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>;
  for (const { kind, tries } of performed) counts[kind] += tries;
  return counts;
}
