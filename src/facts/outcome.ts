import type { Cause } from '../model/cause.ts';
import type { FailureStep } from '../model/failure.ts';
import type { Observation } from '../model/observation.ts';
import type { AgencyContext, ProofClass } from './context.ts';

/** How one exchange over IPv6 stands against its IPv4 twin (checks.md, "Rules for all"). */
export interface FamilyComparison {
  /** 'fails' is the only one that may become a fail of the agency. */
  verdict: 'works' | 'fails' | 'not-offered' | 'unstable' | 'unknown';
  /** The failure or cause behind 'fails', 'unstable', 'unknown'; null for 'works'. */
  cause: Cause | null;
  step: FailureStep | null;
  /** Tries over IPv6, over all rounds, and how many of them were answered. */
  tries: number;
  answered: number;
  observations: string[];
}

export interface ComparisonInput {
  proofClass: Extract<ProofClass, 'web' | 'smtp'>;
  /** Observations over IPv6 of one address and port, main and retest. Empty: not asked. */
  ipv6: readonly Observation[];
  /** The same exchange over IPv4, all addresses of the host. */
  ipv4: readonly Observation[];
  /** False when DNS says, by evidence, that there is no A record. */
  ipv4Published: boolean;
  /** Did this observation come far enough to count as "works" (a TCP connect, a handshake, a response)? */
  reached: (observation: Observation) => boolean;
  /** Registrable domain of the subject: its own success proves nothing about our vantage. */
  subject: string;
}

/** The table of checks.md in one place: the IPv6 side, the IPv4 control and the proof of the vantage give a verdict. */
export declare function compareFamilies(context: AgencyContext, input: ComparisonInput): FamilyComparison;
