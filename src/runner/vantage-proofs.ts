import type { Observation, Operation } from '../model/observation.ts';
import { localPauseMs, localRepeats } from '../net/local-repeats.ts';
import type { Network } from '../net/network.ts';
import { pause } from '../net/pause.ts';
import { type CandidateSources, createProofCandidates, proofQuestion, successOf } from './proof-candidates.ts';
import {
  createProofMemory,
  endMsOf,
  isProof,
  isUnrelated,
  nameOf,
  type ProofKey,
  proofClassOf,
  provesVantage,
  type Subject,
  type Success,
  subjectOf,
} from './proof-memory.ts';

export type { Control } from './proof-candidates.ts';

export interface VantageProofOptions extends CandidateSources {
  /** Live and polite; never the memo, as every proof is asked anew. */
  network: Network;
  /** Gets every observation made here, for the record of agency null. */
  record: (observation: Observation) => void;
  /** Epoch ms by the wall clock, as in observations. */
  now: () => number;
  /** No success older than this spares a question, whatever the asker says. */
  maxAgeBeforeMs: number;
  signal?: AbortSignal;
}

export interface VantageProofs {
  /**
   * Sees to a proof of the operation's port class and family, unrelated to its target, that ended since `endedSinceMs` (epoch
   * ms; default: in the last 2 s). Asks only when there is none. Ends without one when nobody could be asked or nobody answered.
   */
  confirm(operation: Operation, endedSinceMs?: number): Promise<void>;
  /** Tells of an observation of an agency; one that proves the vantage spares a question and is a server to ask later. */
  noteSuccess(observation: Observation, agencyDomain: string): void;
  /** A DNS or web proof was asked for and nobody answered. */
  sawSilence(): boolean;
}

const freshMs = 2_000;
/** A mail server is asked no more often; shorter than `run.proofWindowMs`, so that waiting for it is worth while. */
const mailRestMs = 20_000;
/** Servers asked for one proof. */
const serversAsked = 2;
/** How often an asker waits for the question of another before it asks itself. */
const joins = 2;

interface Need {
  key: ProofKey;
  subject: Subject;
  sinceMs: number;
}

/** Questions of one class and family. */
interface Asking {
  running: Promise<void> | null;
  /** When all servers asked were silent; for a moment nobody else need find out. */
  failedAtMs: number;
}

/** Proofs of our own vantage, asked on demand around would-be failures (design §5, faults V2). */
export function createVantageProofs(options: VantageProofOptions): VantageProofs {
  const { now, network, record, signal } = options;
  const memory = createProofMemory();
  const candidates = createProofCandidates(options, memory);
  const askings = new Map<string, Asking>();
  let silence = false;

  function askingOf({ proof, family }: ProofKey): Asking {
    const text = `${proof} ${family}`;
    const asking = askings.get(text) ?? { running: null, failedAtMs: Number.NEGATIVE_INFINITY };
    askings.set(text, asking);
    return asking;
  }

  /** A success of the future was noted before the clock was set back: it says nothing of now (faults V5). */
  const successesSince = ({ key, sinceMs }: Need): Success[] => {
    const soonMs = now() + freshMs;
    return memory.latest(key).filter(({ endMs }) => endMs >= sinceMs && endMs <= soonMs);
  };
  const isMet = (need: Need): boolean => isProof(successesSince(need), need.subject);

  /** What spares a question is recorded as a proof: the agency it was made for may never get its record (faults P2). */
  function recordSparing(need: Need): void {
    for (const success of successesSince(need)) {
      if (success.observation === null || !isUnrelated(success, need.subject)) continue;
      record(success.observation);
      success.observation = null;
    }
  }

  /** The next server, after its rest if it is a mail server; null when none is left. */
  async function nextServer(need: Need, tried: ReadonlySet<string>): Promise<Success | null> {
    const [server] = candidates.list(need.key, need.subject, need.sinceMs).filter(({ address, port }) => !tried.has(`${address} ${port}`));
    if (server === undefined) return null;
    const restMs = need.key.proof === 'smtp' ? candidates.lastAskedMs(server) + mailRestMs - now() : 0;
    if (restMs > 0) await pause(restMs, signal);
    return signal?.aborted === true ? null : server;
  }

  /** What ran out here says nothing of our own way out, so it is asked again, as for an agency (faults P7). */
  async function askServer(server: Success, key: ProofKey): Promise<Observation> {
    for (let repeats = 0; ; repeats += 1) {
      const observation: Observation = await network.perform(proofQuestion(server, key));
      record(observation);
      if (observation.failure?.code !== 'local-limit' || repeats >= localRepeats) return observation;
      await pause(localPauseMs(repeats), signal);
      if (signal?.aborted === true) return observation;
    }
  }

  async function ask(need: Need, asking: Asking): Promise<void> {
    const tried = new Set<string>();
    let answered = 0;
    // A bare connect does not say whose it is: two proofs of different domains are needed, so one more may be asked.
    const limit = serversAsked + (need.subject.domain === null ? 1 : 0);
    while (tried.size < limit && !isMet(need)) {
      const server = await nextServer(need, tried);
      if (server === null) break;
      tried.add(`${server.address} ${server.port}`);
      candidates.noteAsked(server, now());
      const observation = await askServer(server, need.key);
      if (!provesVantage(observation)) continue;
      answered += 1;
      memory.note(need.key, { ...server, endMs: endMsOf(observation), observation: null });
    }
    if (tried.size === 0 || answered > 0) return;
    asking.failedAtMs = now();
    if (need.key.proof !== 'smtp') silence = true;
  }

  return {
    async confirm(operation, endedSinceMs = now() - freshMs) {
      const proof = proofClassOf(operation);
      if (proof === null) return;
      const key = { proof, family: operation.request.family };
      const need: Need = { key, subject: subjectOf(operation), sinceMs: Math.max(endedSinceMs, now() - options.maxAgeBeforeMs) };
      const asking = askingOf(key);
      for (let joined = 0; ; joined += 1) {
        if (isMet(need)) {
          recordSparing(need);
          return;
        }
        if (Math.abs(now() - asking.failedAtMs) < freshMs) return;
        if (asking.running === null || joined >= joins) break;
        await asking.running;
      }
      const running = ask(need, asking).finally(() => {
        if (asking.running === running) asking.running = null;
      });
      asking.running = running;
      await running;
    },
    noteSuccess(observation, agencyDomain) {
      const proof = proofClassOf(observation);
      if (proof === null || !provesVantage(observation)) return;
      memory.note(
        { proof, family: observation.request.family },
        successOf(observation, { agencyDomain, name: nameOf(observation), endMs: endMsOf(observation) }),
      );
    },
    sawSilence: () => silence,
  };
}
