import type { Agency } from '../model/agency.ts';
import type { Family } from '../model/observation.ts';
import type { VantageReport } from '../model/report.ts';
import type { RouteData } from '../model/routes.ts';
import type { RunManifest } from '../model/run.ts';
import type { EvidenceIndex } from './evidence-index.ts';

/** Classes of ports for which the vantage proves itself, per family (design §5). */
export type ProofClass = 'dns' | 'web' | 'smtp';

/** What only the whole run can tell: first pass of judging. */
export interface RunFacts {
  vantage: VantageReport;
  /**
   * Was this family working for this class within the proof window before `fromMs` and after `toMs` (epoch ms), shown by
   * something unrelated to `subject` (another registrable domain)?
   */
  provenAround(proof: { class: ProofClass; family: Family; fromMs: number; toMs: number; subject: string }): boolean;
  /**
   * The address answered something over this transport in this run, in whatever agency's evidence. Ports: 'udp/53', 'tcp/443'…
   * 'dns-tcp/53' asks for a DNS message over TCP, where a completed connect is none.
   */
  answeredInRun(address: string, endpoint: string): boolean;
  /** Three or more unrelated agencies time out in this address's /32, in which nothing answered (`prefix-suspect`). */
  prefixSuspect(address: string): boolean;
  /** Another host passed an upload of large request headers over IPv6 in this run (`web-transfer`). */
  largeUploadPassed(exceptHost: string): boolean;
}

/** What every fact of one agency is computed from. Facts are pure functions of it. */
export interface AgencyContext {
  agency: Agency;
  evidence: EvidenceIndex;
  run: RunFacts;
  manifest: RunManifest;
  /** Probes that crashed on this agency, and whether its time budget ended: unknown facts then say so. */
  crashes: readonly { probe: string; detail: string }[];
  budgetExhausted: boolean;
  /** Routing data given for judging (`--vrps`, `--asn-db`); left out, the routing checks are skipped. */
  routes?: RouteData;
  /** Memo of facts already computed for this agency; use through `cached`. */
  cache: Map<string, unknown>;
}

/** Compute once per agency. `key` must name the function and all its arguments. */
export function cached<Value>(context: AgencyContext, key: string, compute: () => Value): Value {
  if (context.cache.has(key)) return context.cache.get(key) as Value;
  const value = compute();
  context.cache.set(key, value);
  return value;
}
