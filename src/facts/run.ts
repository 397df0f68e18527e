import type { EvidenceRecord } from '../model/evidence.ts';
import type { Family, Observation } from '../model/observation.ts';
import type { RunManifest } from '../model/run.ts';
import type { ProofClass, RunFacts } from './context.ts';
import { answeredAnything, endpointOf } from './observed.ts';
import { registrableDomain } from './registrable-domain.ts';
import { createVantageTally, proofClassOf, provesVantage } from './vantage.ts';

/** First pass of judging: feed every record of the journal in any order, then `finish`. Memory grows with addresses, not with observations. */
export interface RunFactsBuilder {
  add(record: EvidenceRecord): void;
  finish(): RunFacts;
}

/** A success that ended this shortly before a failed try did, but after it began, is as good as one after it. */
const slackMs = 2_000;
/** Proofs are kept by the second, a few different domains each: enough to find one unrelated to any subject. */
const domainsPerSecond = 3;
const domainsPerAddress = 3;

interface PrefixHealth {
  answered: boolean;
  silentFor: Set<string>;
}

interface RunMemory {
  proofs: Map<string, { atMs: number; domain: string; address: string }[]>;
  domainsOf: Map<string, Set<string>>;
  answered: Set<string>;
  prefixes: Map<string, PrefixHealth>;
  uploads: Set<string>;
}

export function createRunFacts(manifest: RunManifest): RunFactsBuilder {
  const vantage = createVantageTally(manifest);
  const memory: RunMemory = { proofs: new Map(), domainsOf: new Map(), answered: new Set(), prefixes: new Map(), uploads: new Set() };
  return {
    add(record) {
      const owner = record.agency === null ? '' : registrableDomain(record.agency.domain);
      for (const observation of record.observations) {
        vantage.add(observation);
        note(memory, observation, owner);
      }
    },
    finish() {
      const { proofWindowMs, prefixSuspectAgencies } = manifest.settings.run;
      return {
        vantage: vantage.finish(),
        provenAround: ({ class: proof, family, fromMs, toMs, subject }) => {
          const search = { proof, family, subject };
          return (
            provenIn(memory, search, [fromMs - proofWindowMs, fromMs]) &&
            provenIn(memory, search, [Math.max(fromMs, toMs - slackMs), toMs + proofWindowMs])
          );
        },
        answeredInRun: (address, endpoint) => memory.answered.has(`${address} ${endpoint}`),
        prefixSuspect: (address) => {
          const health = memory.prefixes.get(prefix32(address));
          return health !== undefined && !health.answered && health.silentFor.size >= prefixSuspectAgencies;
        },
        largeUploadPassed: (exceptHost) => memory.uploads.size > 1 || (memory.uploads.size === 1 && !memory.uploads.has(exceptHost)),
      };
    },
  };
}

function note(memory: RunMemory, observation: Observation, owner: string): void {
  const { address, family } = observation.request;
  const answered = answeredAnything(observation);
  if (answered) memory.answered.add(`${address} ${endpointOf(observation)}`);
  if (observation.op === 'dns-query' && observation.request.transport === 'tcp' && observation.response !== null)
    memory.answered.add(`${address} dns-tcp/53`);
  if (family === 6) notePrefix(memory, observation, { owner, answered });
  const domain = domainOf(observation, owner);
  if (domain !== '') noteDomain(memory, address, domain);
  const proof = proofClassOf(observation);
  if (proof !== null && provesVantage(observation)) noteProof(memory, { key: `${proof} ${family}`, observation, domain });
  if (observation.op === 'http-request' && observation.request.shape === 'large-headers' && family === 6 && observation.response !== null) {
    if (memory.uploads.size < 8) memory.uploads.add(observation.request.host);
  }
}

/** Whom an observation speaks of: proof of the vantage must come from somebody else. '' is nobody in particular (root servers). */
function domainOf(observation: Observation, owner: string): string {
  if (observation.op === 'dns-query') return observation.request.name === '' ? '' : registrableDomain(observation.request.name);
  if (observation.op === 'tcp-connect') return owner;
  const name = observation.op === 'tls-handshake' ? observation.request.serverName : observation.request.host;
  return registrableDomain(name);
}

function noteDomain(memory: RunMemory, address: string, domain: string): void {
  const domains = memory.domainsOf.get(address) ?? new Set<string>();
  memory.domainsOf.set(address, domains);
  if (domains.size < domainsPerAddress) domains.add(domain);
}

function noteProof(memory: RunMemory, { key, observation, domain }: { key: string; observation: Observation; domain: string }): void {
  const last = observation.tries.at(-1);
  const atMs = Date.parse(last?.startedAt ?? observation.startedAt) + (last?.elapsedMs ?? 0);
  const second = `${key} ${Math.floor(atMs / 1000)}`;
  const proofs = memory.proofs.get(second) ?? [];
  memory.proofs.set(second, proofs);
  // The latest of a domain in a second replaces the earlier: windows are tens of seconds wide.
  const known = proofs.findIndex((proof) => proof.domain === domain);
  if (known >= 0) proofs[known] = { atMs, domain, address: observation.request.address };
  else if (proofs.length < domainsPerSecond) proofs.push({ atMs, domain, address: observation.request.address });
}

function provenIn(
  memory: RunMemory,
  search: { proof: ProofClass; family: Family; subject: string },
  [fromMs, toMs]: [number, number],
): boolean {
  for (let second = Math.floor(fromMs / 1000); second <= Math.floor(toMs / 1000); second += 1) {
    const proofs = memory.proofs.get(`${search.proof} ${search.family} ${second}`) ?? [];
    if (proofs.some((proof) => isUnrelated(memory, proof, search.subject))) return true;
  }
  return false;
}

/** A bare connect (domain '') to an address is unrelated unless that address is known to serve the subject alone. */
function isUnrelated(memory: RunMemory, proof: { domain: string; address: string }, subject: string): boolean {
  if (proof.domain !== '') return proof.domain !== subject;
  const domains = memory.domainsOf.get(proof.address);
  return domains === undefined || domains.size === 0 || [...domains].some((domain) => domain !== subject);
}

function notePrefix(memory: RunMemory, observation: Observation, { owner, answered }: { owner: string; answered: boolean }): void {
  const prefix = prefix32(observation.request.address);
  const health = memory.prefixes.get(prefix) ?? { answered: false, silentFor: new Set<string>() };
  memory.prefixes.set(prefix, health);
  if (answered || observation.failure?.code === 'refused') health.answered = true;
  else if (observation.failure?.code === 'timeout' && owner !== '' && health.silentFor.size < 16) health.silentFor.add(owner);
}

/** First 32 bits of an IPv6 address as written by the tool: two groups, leading zeros dropped. */
function prefix32(address: string): string {
  const [first = '0', second = '0'] = address.split(':', 2);
  return `${first}:${second === '' ? '0' : second}`;
}
