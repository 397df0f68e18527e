import { createHash } from 'node:crypto';
import type { DnsQueryRequest, ObservationOf, Operation } from '../model/observation.ts';

/**
 * The one door to the network (design R2). Live, replay, memo, polite, persistent and testbed networks are all this one
 * interface. Network failures are values inside the observation; `perform` rejects only on a fault of our own code.
 */
export interface Network {
  perform<Asked extends Operation>(operation: Asked): Promise<ObservationOf<Asked['op']>>;
}

/** Canonical text of an operation: op and request with sorted keys. Memo, replay and politeness key. */
export function operationKey(operation: Operation): string {
  if (operation.op === 'dns-query') return `dns-query ${dnsQueryText(operation.request)}`;
  const request = operation.request as Record<string, unknown>;
  const sorted = Object.keys(request)
    .sort()
    .map((key) => [key, request[key]]);
  return `${operation.op} ${JSON.stringify(sorted)}`;
}

/** What the general way writes, for the operation whose key is made a thousand times an agency: at a third of its cost. */
function dnsQueryText(request: DnsQueryRequest): string {
  const { address, checkingDisabled, dnssecOk, family, name, port, recursionDesired, round, transport, type, udpPayloadBytes } = request;
  const where = `["address",${JSON.stringify(address)}],["checkingDisabled",${checkingDisabled}],["dnssecOk",${dnssecOk}],["family",${family}]`;
  const what = `["name",${JSON.stringify(name)}],["port",${port}],["recursionDesired",${recursionDesired}],["round","${round}"]`;
  return `[${where},${what},["transport","${transport}"],["type",${JSON.stringify(type)}],["udpPayloadBytes",${udpPayloadBytes}]]`;
}

/** Id of the observation of an operation: first 16 hex digits of SHA-256 over its key. */
export function observationId(operation: Operation): string {
  return createHash('sha256').update(operationKey(operation)).digest('hex').slice(0, 16);
}
