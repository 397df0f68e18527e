import { getDomain } from 'tldts';
import type { Family, Observation, Operation } from '../model/observation.ts';
import { answeredSomething } from '../net/endpoint-memory.ts';

/** Classes of ports for which the vantage proves itself (design §5). */
export type ProofClass = 'dns' | 'web' | 'smtp';

/** Class of ports of an operation; null for ports that prove nothing. */
export function proofClassOf({ op, request }: Operation | Observation): ProofClass | null {
  if (op === 'dns-query') return request.port === 53 ? 'dns' : null;
  if (request.port === 80 || request.port === 443) return 'web';
  return request.port === 25 ? 'smtp' : null;
}

/** A DNS answer, a completed connect on a web port, a greeting. */
export function provesVantage(observation: Observation): boolean {
  if (observation.op === 'smtp-session') return observation.response?.banner != null;
  if (observation.op === 'dns-query') return observation.failure === null && observation.response !== null;
  return answeredSomething(observation);
}

/** End of the last try, epoch ms. */
export function endMsOf({ tries, startedAt, elapsedMs }: Observation): number {
  const last = tries.at(-1) ?? { startedAt, elapsedMs };
  return Date.parse(last.startedAt) + last.elapsedMs;
}

/** A server that answered, and to whom it belongs. */
export interface Success {
  address: string;
  port: number;
  /** Name for the mail session; '' when there is none. */
  host: string;
  /** Registrable domains of the agency and of the host, different ones. */
  domains: string[];
  /** A root server, or a host named as control: serves to prove, whoever asks. */
  control: boolean;
  endMs: number;
  /** What showed it; null when a record holds it already. */
  observation: Observation | null;
}

/** Whom a proof must be unrelated to. */
export interface Subject {
  address: string;
  /** Null when the operation does not say (a bare connect). */
  domain: string | null;
}

/** Registrable domain as in the facts (public suffix list, ICANN section); the name itself where there is none. */
export function registrableDomain(name: string): string {
  return getDomain(name, { allowPrivateDomains: false, validateHostname: false }) ?? name;
}

/** The name an operation is about, '' for none. */
export function nameOf({ op, request }: Operation | Observation): string {
  if (op === 'dns-query') return request.name;
  if (op === 'tls-handshake') return request.serverName;
  return op === 'tcp-connect' ? '' : request.host;
}

export function subjectOf(operation: Operation): Subject {
  const name = nameOf(operation);
  return { address: operation.request.address, domain: name === '' ? null : registrableDomain(name) };
}

export const isUnrelated = (success: Success, subject: Subject): boolean =>
  success.address !== subject.address && (subject.domain === null || !success.domains.includes(subject.domain));

/**
 * Do these successes prove the vantage to the subject? A control always does. Where the subject's domain is not known
 * it takes two of different domains: at most one of them is its own.
 */
export function isProof(successes: readonly Success[], subject: Subject): boolean {
  const unrelated = successes.filter((success) => isUnrelated(success, subject));
  if (unrelated.some(({ control }) => control)) return true;
  return unrelated.length > (subject.domain === null ? 1 : 0);
}

export interface ProofMemory {
  note(key: ProofKey, success: Success): void;
  /** Latest successes of a class and family, each of another domain; newest first. */
  latest(key: ProofKey): Success[];
}

export interface ProofKey {
  proof: ProofClass;
  family: Family;
}

const keptPerKey = 16;

export function createProofMemory(): ProofMemory {
  const successes = new Map<string, Success[]>();
  const textOf = ({ proof, family }: ProofKey): string => `${proof} ${family}`;
  return {
    note(key, success) {
      const known = successes.get(textOf(key)) ?? [];
      const owner = ownerOf(success);
      const same = known.find((other) => ownerOf(other) === owner);
      if (same !== undefined && same.endMs >= success.endMs) return;
      const others = known.filter((other) => other !== same);
      const sorted = [...others, success].sort((a, b) => b.endMs - a.endMs);
      successes.set(textOf(key), sorted.slice(0, keptPerKey));
    },
    latest: (key) => successes.get(textOf(key)) ?? [],
  };
}

/** One entry per agency; root servers by address. */
const ownerOf = ({ domains, address }: Success): string => domains[0] ?? address;
