import type { Family, Observation, Operation } from '../model/observation.ts';
import { isUnrelated, type ProofKey, type ProofMemory, registrableDomain, type Subject, type Success } from './proof-memory.ts';

/** A host named with --web-control or --smtp-control, at one of its addresses. */
export interface Control {
  address: string;
  family: Family;
  name: string;
}

export interface CandidateSources {
  rootAddresses: Record<Family, readonly string[]>;
  webControls: () => readonly Control[];
  smtpControls: () => readonly Control[];
}

export interface ProofCandidates {
  /** Servers that may be asked for a proof to this subject, the one asked longest ago first. `sinceMs`: who answered since then is left out. */
  list(key: ProofKey, subject: Subject, sinceMs: number): Success[];
  noteAsked(candidate: Success, atMs: number): void;
  /** Epoch ms of the last question to it; negative infinity for never. */
  lastAskedMs(candidate: Success): number;
}

const maxRemembered = 1_000;

export function createProofCandidates(sources: CandidateSources, memory: ProofMemory): ProofCandidates {
  const asked = new Map<string, number>();
  const keyOf = ({ address, port }: Success): string => `${address} ${port}`;
  const lastAskedMs = (candidate: Success): number => asked.get(keyOf(candidate)) ?? Number.NEGATIVE_INFINITY;
  return {
    list(key, subject, sinceMs) {
      const known = memory.latest(key);
      const fresh = new Set(known.filter(({ endMs }) => endMs >= sinceMs).map(({ address }) => address));
      const usable = (candidate: Success): boolean => isUnrelated(candidate, subject) && !fresh.has(candidate.address);
      const { first, lastResort } = serversOf(key, sources, known);
      const ordered = first.filter(usable).sort((a, b) => compare(lastAskedMs(a), lastAskedMs(b)));
      return [...ordered, ...lastResort.filter(usable)];
    },
    noteAsked(candidate, atMs) {
      asked.delete(keyOf(candidate));
      asked.set(keyOf(candidate), atMs);
      for (const oldest of asked.keys()) {
        if (asked.size <= maxRemembered) break;
        asked.delete(oldest);
      }
    },
    lastAskedMs,
  };
}

/** Not a difference: infinity minus infinity is no number. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

function serversOf({ proof, family }: ProofKey, sources: CandidateSources, known: Success[]): { first: Success[]; lastResort: Success[] } {
  const controls = (list: readonly Control[], port: number): Success[] =>
    list.filter((control) => control.family === family).map(({ address, name }) => controlAt({ address, port, host: name }));
  if (proof === 'dns')
    return { first: sources.rootAddresses[family].map((address) => controlAt({ address, port: 53, host: '' })), lastResort: [] };
  const noted = known.filter(({ control }) => !control);
  if (proof === 'smtp') return { first: [...controls(sources.smtpControls(), 25), ...noted], lastResort: [] };
  return { first: [...controls(sources.webControls(), 443), ...noted], lastResort: controls(sources.webControls(), 80) };
}

function controlAt(server: { address: string; port: number; host: string }): Success {
  return { ...server, domains: server.host === '' ? [] : [registrableDomain(server.host)], control: true, endMs: 0, observation: null };
}

/** The cheapest question that proves a class: SOA of the root, a bare connect, a greeting. */
export function proofQuestion({ address, port, host }: Success, { proof, family }: ProofKey): Operation {
  const target = { family, address, port, round: '1' as const };
  if (proof === 'web') return { op: 'tcp-connect', request: target };
  if (proof === 'smtp') return { op: 'smtp-session', request: { ...target, host } };
  return {
    op: 'dns-query',
    request: {
      ...target,
      transport: 'udp',
      name: '',
      type: 'SOA',
      recursionDesired: false,
      checkingDisabled: false,
      dnssecOk: false,
      udpPayloadBytes: 1232,
    },
  };
}

/** What an agency's observation tells: who answered, and whose server it is. */
export function successOf(
  observation: Observation,
  { agencyDomain, name, endMs }: { agencyDomain: string; name: string; endMs: number },
): Success {
  const { address, port } = observation.request;
  const domains = [agencyDomain, name].filter((domain) => domain !== '').map(registrableDomain);
  return {
    address,
    port,
    host: observation.op === 'smtp-session' ? name : '',
    domains: [...new Set(domains)],
    control: false,
    endMs,
    observation,
  };
}
