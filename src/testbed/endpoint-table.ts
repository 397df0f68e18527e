import { isIP } from 'node:net';
import type { Failure } from '../model/failure.ts';
import type { Family } from '../model/observation.ts';
import type { Endpoint, EndpointMap } from '../net/live-context.ts';
import type { Bound } from './listeners.ts';
import { addressBytes } from './record-text.ts';
import type { TestbedVantage } from './scenario.ts';
import { familyOf } from './world.ts';

/** Loopback stand-ins for what no server of ours is: closed, unanswered, intercepted. */
export interface StandIns {
  /** A port on which nobody listens, by family. */
  closed: Record<Family, Bound>;
  blackHole: Record<Family, Bound>;
  /** Takes every DNS question of a vantage whose DNS is intercepted; null otherwise. */
  interceptor: Record<'udp' | 'tcp', Record<Family, Bound>> | null;
}

type Target = Bound | Failure;

export interface EndpointTable extends EndpointMap {
  /** @param target a function is asked anew for every connection or datagram */
  set(endpoint: Endpoint, target: Target | (() => Target)): void;
  /** Makes an address known: its other ports are closed, not unknown. */
  know(address: string): void;
}

const failure = (code: Failure['code'], step: Failure['step'], synchronous: boolean, detail: string): { failure: Failure } => ({
  failure: { code, step, synchronous, detail },
});

const canonical = (address: string): string => (isIP(address) === 0 ? address : addressBytes(address).toString('hex'));
const keyOf = (endpoint: Endpoint): string => `${endpoint.transport} ${canonical(endpoint.address)} ${endpoint.port}`;

/** The map that a run's network settings get. It refuses every address that is not in the testbed. */
export function createEndpointTable(vantage: TestbedVantage, standIns: StandIns): EndpointTable {
  const targets = new Map<string, Target | (() => Target)>();
  const addresses = new Set<string>();
  return {
    know: (address) => void addresses.add(canonical(address)),
    set(endpoint, target) {
      addresses.add(canonical(endpoint.address));
      targets.set(keyOf(endpoint), target);
    },
    lookup(endpoint) {
      const family = familyOf(endpoint.address);
      if (!vantage.families.includes(family)) return failure('no-route', 'connect', true, 'ENETUNREACH');
      if (endpoint.port === 53 && standIns.interceptor !== null) return standIns.interceptor[endpoint.transport][family];
      if (!addresses.has(canonical(endpoint.address))) return failure('address-refused', 'gate', false, 'not in the testbed');
      if (endpoint.port === 25 && vantage.port25 === 'blocked') return standIns.blackHole[family];
      const found = targets.get(keyOf(endpoint)) ?? standIns.closed[family];
      const target = typeof found === 'function' ? found() : found;
      return 'code' in target ? { failure: target } : target;
    },
  };
}
