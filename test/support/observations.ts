import type { FailureCode, FailureStep } from '../../src/model/failure.ts';
import type { Family, Observation, ObservationOf, Operation, Round, Try } from '../../src/model/observation.ts';
import { observationId } from '../../src/net/network.ts';

/** 2026-01-01T00:00:00Z plus so many seconds. */
export const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();

export interface Sketch {
  /** Seconds after the start of the run; default 0. */
  atSeconds?: number;
  round?: Round;
  fail?: FailureCode;
  step?: FailureStep;
  synchronous?: boolean;
  /** Failures of the tries before the deciding one. */
  lost?: number;
  elapsedMs?: number;
}

function wrap<Asked extends Operation>(operation: Asked, sketch: Sketch, response: unknown): ObservationOf<Asked['op']> {
  const { atSeconds = 0, fail, step = 'connect', synchronous = false, lost = 0, elapsedMs = 10 } = sketch;
  const failure = fail === undefined ? null : { code: fail, step, synchronous, detail: '' };
  const timeout = { code: 'timeout' as const, step, synchronous: false, detail: '' };
  const tries: Try[] = Array.from({ length: lost }, () => ({ startedAt: at(atSeconds), elapsedMs, failure: timeout, loopDelayMs: 0 }));
  tries.push({ startedAt: at(atSeconds), elapsedMs, failure, loopDelayMs: 0 });
  return {
    id: observationId(operation),
    op: operation.op,
    request: operation.request,
    startedAt: at(atSeconds),
    elapsedMs,
    peer: failure === null ? { address: operation.request.address, port: operation.request.port } : null,
    tries,
    response: failure === null ? response : null,
    failure,
  } as unknown as ObservationOf<Asked['op']>;
}

const familyOf = (address: string): Family => (address.includes(':') ? 6 : 4);

export function connectSeen(address: string, port: number, sketch: Sketch = {}): Observation {
  const request = { family: familyOf(address), address, port, round: sketch.round ?? ('1' as const) };
  return wrap({ op: 'tcp-connect', request }, sketch, { connectMs: 5 });
}

export function rootAnswerSeen(address: string, sketch: Sketch = {}): Observation {
  const request = {
    family: familyOf(address),
    address,
    port: 53,
    round: sketch.round ?? ('1' as const),
    transport: 'udp' as const,
    name: '',
    type: 'SOA',
    recursionDesired: false,
    checkingDisabled: false,
    dnssecOk: false,
    udpPayloadBytes: 1232,
  };
  const response = {
    rcode: 'NOERROR',
    authoritative: true,
    truncated: false,
    recursionAvailable: false,
    authenticData: false,
    answers: [],
    authorities: [],
    additionals: [],
    malformed: [],
    edns: null,
    messageBytes: 100,
    mismatches: 0,
  };
  return wrap({ op: 'dns-query', request }, sketch, response);
}
