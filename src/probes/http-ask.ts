import type { Family, HttpRequestRequest, ObservationOf, Round } from '../model/observation.ts';
import type { HttpTarget } from '../parsers/http-target.ts';
import type { ProbeContext } from './context.ts';

export type HttpObservation = ObservationOf<'http-request'>;

/** Addresses of a host by family. */
export interface HostAddresses {
  4: readonly string[];
  6: readonly string[];
}
/** Resolves a host in both families from authoritative data; an empty list where there is nothing or it could not be known. */
export type ResolveHost = (host: string) => Promise<HostAddresses>;

/** Where a request goes and which one it is. */
export interface Ask {
  family: Family;
  address: string;
  round: Round;
  shape: HttpRequestRequest['shape'];
}

/** One GET to a pinned address, with the name for SNI and Host taken from the target (faults W10). */
export function askHttp(context: ProbeContext, target: HttpTarget, ask: Ask): Promise<HttpObservation> {
  return context.network.perform({ op: 'http-request', request: { ...ask, ...target } });
}

/** The connection itself did not come about, or was not allowed: another address may do better. */
export function connectFailed({ failure, response }: HttpObservation): boolean {
  return response === null && failure !== null && (failure.step === 'connect' || failure.step === 'gate');
}

/** Usable addresses of one family, each once, in an order that does not depend on the resolver. */
export function usableAddresses(context: ProbeContext, addresses: readonly string[], limit: number): string[] {
  return [...new Set(addresses)]
    .filter((address) => context.isUsable(address))
    .sort()
    .slice(0, limit);
}

/** Remembers which addresses took a connection, so that later requests start with one that works. */
export interface Connected {
  note(observation: HttpObservation): void;
  /** The same addresses, those that connected first. */
  prefer(addresses: readonly string[]): string[];
}

export function connectedAddresses(): Connected {
  const good = new Set<string>();
  return {
    note(observation) {
      if (!connectFailed(observation)) good.add(observation.request.address);
    },
    prefer: (addresses) => [...addresses.filter((address) => good.has(address)), ...addresses.filter((address) => !good.has(address))],
  };
}
