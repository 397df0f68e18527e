import type { Observation } from '../model/observation.ts';

/** 'udp/53', 'tcp/443': what of an address an observation speaks of. */
export function endpointOf(observation: Observation): string {
  const transport = observation.op === 'dns-query' ? observation.request.transport : 'tcp';
  return `${transport}/${observation.request.port}`;
}

/** Start and end of the last try, epoch ms by the wall clock: the window that a proof of the vantage must surround. */
export function lastTryWindow(observation: Observation): { fromMs: number; toMs: number } {
  const last = observation.tries.at(-1);
  const fromMs = Date.parse(last?.startedAt ?? observation.startedAt);
  return { fromMs, toMs: fromMs + (last?.elapsedMs ?? observation.elapsedMs) };
}

/**
 * Did anything come back from the address and port itself? A completed TCP connect counts for TCP, a datagram for UDP: the target
 * is not down. A refusal is no answer of the service.
 */
export function answeredAnything(observation: Observation): boolean {
  if (observation.failure === null) return true;
  if (observation.response !== null) return true;
  const { step, code } = observation.failure;
  if (observation.op === 'dns-query') return code === 'malformed' || (observation.request.transport === 'tcp' && step === 'answer');
  return step !== 'connect' && step !== 'gate' && code !== 'internal-error' && code !== 'local-limit' && code !== 'not-attempted';
}
