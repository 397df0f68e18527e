import type { BodyEvidence } from '../model/observation.ts';
import { type BodyInput, bodySlices } from '../parsers/body.ts';
import type { Slices } from '../parsers/slices.ts';
import type { LiveContext } from './live-context.ts';

/** The same page comes from every address of a host, in both families and in every round: it is read once. */
export interface BodyMemory {
  /** What `bodySlices` gives. */
  read(input: BodyInput): Slices<BodyEvidence>;
}

const memories = new WeakMap<LiveContext, BodyMemory>();

/** Kept at a time; of the largest pages that is some ten megabytes. */
const mostBodies = 64;

/** The memory of a run. */
export function bodiesOf(context: LiveContext): BodyMemory {
  const known = memories.get(context) ?? createBodyMemory(mostBodies);
  memories.set(context, known);
  return known;
}

/** Keeps what was read of the `most` bodies used last. */
export function createBodyMemory(most: number): BodyMemory {
  const kept = new Map<string, BodyEvidence>();
  return {
    *read(input) {
      // A kept text makes the evidence as large as the body.
      if (input.keepText) return yield* bodySlices(input);
      const key = keyOf(input);
      const known = kept.get(key);
      const body = known ?? (yield* bodySlices(input));
      kept.delete(key);
      kept.set(key, body);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
      return { ...body, wireBytes: input.wireBytes };
    },
  };
}

/** All that a reading depends on but the settings, which one run has once; the digest is over the decoded bytes. */
function keyOf({ sha256, contentType, decodedBytes, cut }: BodyInput): string {
  return JSON.stringify([sha256, contentType, decodedBytes, cut]);
}
