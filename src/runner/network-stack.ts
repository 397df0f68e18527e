import { addressScope } from '../model/address-registry.ts';
import type { Failure } from '../model/failure.ts';
import type { Family, Observation, ObservationOf, Operation } from '../model/observation.ts';
import type { RunManifest } from '../model/run.ts';
import { createAdaptiveNetwork } from '../net/adaptive-network.ts';
import { createAddressGate } from '../net/address-gate.ts';
import type { EndpointMap } from '../net/live-context.ts';
import { createLiveNetwork } from '../net/live-network.ts';
import { createLoopWatch } from '../net/loop-watch.ts';
import { createMemoNetwork } from '../net/memo-network.ts';
import type { Network } from '../net/network.ts';
import { contactedName, createOptOutNetwork } from '../net/opt-out-network.ts';
import { createPermits } from '../net/permits.ts';
import { createPersistentNetwork } from '../net/persistent-network.ts';
import { createPoliteNetwork } from '../net/polite-network.ts';
import { type Control, createVantageProofs, type VantageProofs } from './vantage-proofs.ts';

/** What the live network needs beside the manifest: things of this machine and this moment, which judging must not depend on. */
export interface LiveOptions {
  endpoints: EndpointMap | null;
  /** PEM certificates trusted beside the built-in store. */
  extraCertificates: readonly string[];
  helo: string;
  userAgent: string;
  keepBodies: boolean;
  optedOut: (address: string) => boolean;
  /** Hosts and agencies by name that must not be contacted. */
  optedOutName: (name: string) => boolean;
  /** Politeness times so much, for servers of one's own (--lab-rates). */
  labRates: number;
  /** TLS handshakes at once = run.tlsHandshakesPerCore × cores. */
  cores: number;
}

export interface NetworkStack {
  /** Memo over persistent over polite over live: every operation once a run. */
  network: Network;
  /** The same without any memory of what was asked and who was silent. */
  fresh(): Network;
  proofs: VantageProofs;
  /** Our own connectivity failed at some time: a route was missing, or a proof was asked for and nobody answered. */
  sawGap(): boolean;
  isUsable(address: string): boolean;
  close(): void;
}

const maxMemoEntries = 20_000;
const maxProofAgeMs = 10_000;

/** Builds the layers of one run. `record` gets the vantage's own observations; `controls` the addresses of the control hosts. */
export function createNetworkStack(input: {
  manifest: RunManifest;
  live: LiveOptions;
  signal: AbortSignal;
  record: (observation: Observation) => void;
  controls: { web: () => readonly Control[]; smtp: () => readonly Control[] };
}): NetworkStack {
  const { manifest, live, signal } = input;
  const { settings } = manifest;
  const loop = createLoopWatch();
  const tls = createPermits(settings.run.tlsHandshakesPerCore * live.cores);
  const gate = gateWithResolvers(manifest, createAddressGate({ policy: manifest.addressPolicy, optedOut: live.optedOut }));
  const { endpoints, extraCertificates, helo, userAgent, keepBodies } = live;
  const socket = createLiveNetwork({
    settings,
    endpoints,
    gate,
    loop,
    tlsPermit: () => tls.acquire(),
    extraCertificates,
    helo,
    userAgent,
    keepBodies,
    signal,
  });
  // Below the politeness, so that proofs of the vantage keep within our own limits too.
  const gap = watchRoutes(createAdaptiveNetwork(socket, { signal }));
  const polite = createPoliteNetwork(gap.network, { settings, labRates: live.labRates, signal });
  const proofs = createVantageProofs({
    network: polite,
    rootAddresses: rootAddresses(manifest),
    webControls: input.controls.web,
    smtpControls: input.controls.smtp,
    record: input.record,
    now: Date.now,
    maxAgeBeforeMs: maxProofAgeMs,
    signal,
  });
  const isOptedOut = (operation: Operation): boolean => {
    const name = contactedName(operation);
    return name !== null && live.optedOutName(name);
  };
  const fresh = (): Network => {
    const persistent = createPersistentNetwork(polite, { settings, confirmVantage: proofs.confirm, signal });
    return createMemoNetwork(createOptOutNetwork(persistent, isOptedOut), { maxEntries: maxMemoEntries });
  };
  return {
    network: fresh(),
    fresh,
    proofs,
    sawGap: () => gap.sawMissingRoute() || proofs.sawSilence(),
    isUsable: (address) => addressScope(address, manifest.addressPolicy).usable,
    close: () => loop.stop(),
  };
}

/** Notices a route that is missing where there was one; a family that never worked is no gap. */
function watchRoutes(inner: Network): { network: Network; sawMissingRoute(): boolean } {
  const worked = new Set<Family>();
  const missing = new Set<Family>();
  return {
    network: {
      async perform<Asked extends Operation>(operation: Asked): Promise<ObservationOf<Asked['op']>> {
        const observation = await inner.perform(operation);
        const { failure } = observation as Observation;
        if (failure === null) worked.add(operation.request.family);
        else if (failure.code === 'no-route') missing.add(operation.request.family);
        return observation;
      },
    },
    sawMissingRoute: () => [...missing].some((family) => worked.has(family)),
  };
}

/** The run's own resolvers are ours to ask, wherever they are: inside an agency they have private addresses. */
function gateWithResolvers({ resolution }: RunManifest, gate: (address: string) => Failure | null): (address: string) => Failure | null {
  const own = new Set(resolution.mode === 'resolver' ? resolution.resolvers : []);
  return (address) => (own.has(address) ? null : gate(address));
}

function rootAddresses({ resolution }: RunManifest): Record<Family, readonly string[]> {
  const all = resolution.mode === 'iterative' ? resolution.rootServers.flatMap(({ addresses }) => addresses) : resolution.resolvers;
  return { 4: all.filter((address) => !address.includes(':')), 6: all.filter((address) => address.includes(':')) };
}
