import type { ObservationOf, Operation } from '../model/observation.ts';
import type { Network } from './network.ts';
import { unaskedObservation } from './unasked.ts';

/** Leaves unasked what its operator opted out of (faults L2): the observation says `opted-out`, and nothing is sent. Addresses are the gate's business. */
export function createOptOutNetwork(inner: Network, isOptedOut: (operation: Operation) => boolean): Network {
  return {
    async perform<Asked extends Operation>(operation: Asked): Promise<ObservationOf<Asked['op']>> {
      if (!isOptedOut(operation)) return inner.perform(operation);
      return unaskedObservation(operation, { code: 'opted-out', detail: 'named in the opt-out file' }, new Date().toISOString());
    },
  };
}

/** The name of the service that an operation contacts; null for look-ups and bare connects, whose addresses are gated. */
export function contactedName(operation: Operation): string | null {
  if (operation.op === 'http-request' || operation.op === 'smtp-session') return operation.request.host;
  return operation.op === 'tls-handshake' ? operation.request.serverName : null;
}
