import type { Failure, FailureCode, FailureStep } from '../../src/model/failure.ts';
import type { Observation, ObservationOf, Operation, OperationOf, Round } from '../../src/model/observation.ts';
import { type Network, observationId } from '../../src/net/network.ts';

/** null: success. */
export type Outcome = null | [code: FailureCode, step: FailureStep];

export function failureOf([code, step]: NonNullable<Outcome>): Failure {
  return { code, step, synchronous: false, detail: '' };
}

export function observationOf(
  operation: Operation,
  outcome: Outcome,
  { startedAt = new Date().toISOString(), elapsedMs = 10 } = {},
): Observation {
  const failure = outcome === null ? null : failureOf(outcome);
  const responses = {
    'dns-query': dnsResponse,
    'tcp-connect': { connectMs: 1 },
    'tls-handshake': null,
    'http-request': { status: 200, headers: [], tls: null, body: null, timing: { connectMs: 1, tlsMs: null, firstByteMs: 1 } },
    'smtp-session': { banner: { code: 220, text: 'ready' }, bannerAfterMs: 1, ehlo: null, startTls: null, lastReply: null },
  };
  return {
    id: observationId(operation),
    ...operation,
    startedAt,
    elapsedMs,
    peer: failure === null ? { address: operation.request.address, port: operation.request.port } : null,
    tries: [{ startedAt, elapsedMs, failure, loopDelayMs: 0 }],
    response: failure === null ? responses[operation.op] : null,
    failure,
  } as Observation;
}

const dnsResponse = {
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
  messageBytes: 12,
  mismatches: 0,
};

/** One try per `perform`, answered at once by the script; `asked` lists what came through. */
export function scriptedNetwork(
  script: (operation: Operation, index: number) => Outcome | Promise<Outcome>,
): Network & { asked: Operation[] } {
  const asked: Operation[] = [];
  return {
    asked,
    async perform<Asked extends Operation>(operation: Asked): Promise<ObservationOf<Asked['op']>> {
      const index = asked.push(operation) - 1;
      const startedAt = new Date().toISOString();
      return observationOf(operation, await script(operation, index), { startedAt }) as ObservationOf<Asked['op']>;
    },
  };
}

/** Outcomes one after the other; the last one stays. */
export const sequence =
  (...outcomes: Outcome[]) =>
  (_operation: Operation, index: number): Outcome =>
    outcomes[Math.min(index, outcomes.length - 1)] ?? null;

const target = (address: string, port: number, round: Round) => ({
  family: address.includes(':') ? (6 as const) : (4 as const),
  address,
  port,
  round,
});

export const dns = (
  address: string,
  { type = 'A', name = 'moh.gov.vn', transport = 'udp' as 'udp' | 'tcp', round = '1' as Round } = {},
): OperationOf<'dns-query'> => ({
  op: 'dns-query',
  request: {
    ...target(address, 53, round),
    transport,
    name,
    type,
    recursionDesired: false,
    checkingDisabled: false,
    dnssecOk: false,
    udpPayloadBytes: 1232,
  },
});

export const tcp = (address: string, { port = 443, round = '1' as Round } = {}): OperationOf<'tcp-connect'> => ({
  op: 'tcp-connect',
  request: target(address, port, round),
});

export const http = (address: string, { host = 'moh.gov.vn', round = '1' as Round } = {}): OperationOf<'http-request'> => ({
  op: 'http-request',
  request: { ...target(address, 443, round), scheme: 'https', host, path: '/', shape: 'page' },
});

export const smtp = (address: string, { host = 'mail.moh.gov.vn', round = '1' as Round } = {}): OperationOf<'smtp-session'> => ({
  op: 'smtp-session',
  request: { ...target(address, 25, round), host },
});
