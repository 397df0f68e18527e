import { aaaaCanary, dns64Canary, interceptionCanary } from '../iteration/canaries.ts';
import { ourFailures } from '../model/failure.ts';
import type { Family, Observation } from '../model/observation.ts';
import type { ProofState, VantageReport } from '../model/report.ts';
import type { RunManifest } from '../model/run.ts';
import type { ProofClass } from './context.ts';
import { answeredAnything } from './observed.ts';

const proofClasses = ['dns', 'web', 'smtp'] as const satisfies readonly ProofClass[];

/** Class of ports of an observation, or null for ports that prove nothing. */
export function proofClassOf(observation: Observation): ProofClass | null {
  const { port } = observation.request;
  if (observation.op === 'dns-query') return port === 53 ? 'dns' : null;
  if (port === 80 || port === 443) return 'web';
  return port === 25 ? 'smtp' : null;
}

/** A success that proves the vantage: a DNS answer, a completed connect on a web port, a greeting. */
export function provesVantage(observation: Observation): boolean {
  if (observation.op === 'smtp-session') return observation.response?.banner != null;
  if (observation.op === 'dns-query') return observation.failure === null && observation.response !== null;
  return answeredAnything(observation);
}

interface Tally {
  proven: boolean;
  asked: number;
  noRoute: number;
}

/** Gathers, over a whole run, what the vantage showed about itself. Feed every observation, then `finish`. */
export function createVantageTally(manifest: RunManifest) {
  const tallies = new Map<string, Tally>();
  const clockOffsets = new Map<string, number>();
  let intercepted = false;
  let dns64 = false;
  return {
    add(observation: Observation): void {
      countProof(tallies, observation);
      noteClock(clockOffsets, observation);
      if (isIntercepted(observation, manifest) || isUnfaithfulResolver(observation, manifest)) intercepted = true;
      if (showsDns64(observation)) dns64 = true;
    },
    finish(): VantageReport {
      const state = (proof: ProofClass, family: Family): ProofState => stateOf(tallies.get(`${proof} ${family}`));
      const perFamily = (proof: ProofClass) => ({ '4': state(proof, 4), '6': state(proof, 6) });
      return {
        name: manifest.vantage,
        dns: perFamily('dns'),
        web: perFamily('web'),
        smtp: perFamily('smtp'),
        dnsPath: intercepted ? 'intercepted' : manifest.resolution.mode === 'resolver' ? 'resolver-only' : 'direct',
        dns64,
        ipv6: overallIpv6(tallies),
        clockOffsetMs: clockOffsets.size < 5 ? null : median([...clockOffsets.values()]),
      };
    },
  };
}

function countProof(tallies: Map<string, Tally>, observation: Observation): void {
  const proof = proofClassOf(observation);
  if (proof === null || observation.failure?.step === 'gate') return;
  const key = `${proof} ${observation.request.family}`;
  const tally = tallies.get(key) ?? { proven: false, asked: 0, noRoute: 0 };
  tallies.set(key, tally);
  if (provesVantage(observation)) tally.proven = true;
  const code = observation.failure?.code;
  if (code !== undefined && code !== 'no-route' && ourFailures.has(code)) return;
  tally.asked += 1;
  if (code === 'no-route') tally.noRoute += 1;
}

function stateOf(tally: Tally | undefined): ProofState {
  if (tally === undefined) return 'unproven';
  if (tally.proven) return 'proven';
  return tally.asked > 0 && tally.noRoute === tally.asked ? 'absent' : 'unproven';
}

function overallIpv6(tallies: Map<string, Tally>): VantageReport['ipv6'] {
  const states = proofClasses.map((proof) => stateOf(tallies.get(`${proof} 6`)));
  if (states.includes('proven')) return 'ok';
  return states.includes('absent') && !proofClasses.some((proof) => lostOnTheWay(tallies.get(`${proof} 6`))) ? 'absent' : 'inconclusive';
}

const lostOnTheWay = (tally: Tally | undefined): boolean => tally !== undefined && tally.asked > tally.noRoute;

/** A root server must refer; data for a name below a TLD means that somebody else answers (design §5, faults V4). */
function isIntercepted(observation: Observation, manifest: RunManifest): boolean {
  if (observation.op !== 'dns-query' || observation.response === null || manifest.resolution.mode !== 'iterative') return false;
  const { name, address, recursionDesired } = observation.request;
  if (name !== interceptionCanary(manifest.id) || recursionDesired) return false;
  if (!manifest.resolution.rootServers.some(({ addresses }) => addresses.includes(address))) return false;
  const { response } = observation;
  const nonAuthoritativeDenial = response.rcode === 'NXDOMAIN' && !response.authoritative;
  return response.answers.length > 0 || response.recursionAvailable || nonAuthoritativeDenial;
}

/** In resolver mode: a resolver that filters AAAA (faults D21) or answers names that do not exist (D11) decides nothing. */
function isUnfaithfulResolver(observation: Observation, manifest: RunManifest): boolean {
  if (observation.op !== 'dns-query' || observation.response === null || manifest.resolution.mode !== 'resolver') return false;
  if (!manifest.resolution.resolvers.includes(observation.request.address)) return false;
  const { name, type } = observation.request;
  const { rcode, answers } = observation.response;
  if (name === interceptionCanary(manifest.id)) return rcode === 'NOERROR' && answers.length > 0;
  return name === aaaaCanary && type === 'AAAA' && rcode === 'NOERROR' && !answers.some((record) => record.type === 'AAAA');
}

/** RFC 7050: ipv4only.arpa has A records only; an AAAA is synthesised by DNS64. */
function showsDns64(observation: Observation): boolean {
  if (observation.op !== 'dns-query' || observation.request.name !== dns64Canary || observation.request.type !== 'AAAA') return false;
  return observation.response?.answers.some(({ type }) => type === 'AAAA') ?? false;
}

const maxClockSamples = 200;

function noteClock(offsets: Map<string, number>, observation: Observation): void {
  if (observation.op !== 'http-request' || observation.response === null || offsets.size >= maxClockSamples) return;
  const date = observation.response.headers.find(([name]) => name === 'date')?.[1];
  const theirs = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return;
  const last = observation.tries.at(-1);
  const oursMs = Date.parse(last?.startedAt ?? observation.startedAt) + (observation.response.timing.firstByteMs ?? last?.elapsedMs ?? 0);
  offsets.set(observation.request.host, Math.round(theirs - oursMs));
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
