/** A message of the engine is at most 1 MiB by default; evidence of many pages is longer, and goes in parts. */
export const partBytes = 512 * 1024;

/** More parts than the longest result has, packed, belong to nobody. */
export const maxParts = 64;

/** `bytes` in parts of `each` at most; null for what is too long to be sent. */
export function partsOf(bytes: Uint8Array, each = partBytes): Uint8Array[] | null {
  const count = Math.max(1, Math.ceil(bytes.length / each));
  if (count > maxParts) return null;
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * each, (at + 1) * each));
}

/**
 * Parts of one sender that may wait for their others at the same time: two results of the longest kind. Of what is more, the oldest is given
 * up: what a worker that died left unfinished, or what a sender never meant to finish. Nobody can push out what another sender began.
 */
export const maxWaiting = 2 * maxParts;

/** Where a part belongs: `2/5` of a key. */
export interface PartOf {
  key: string;
  part: number;
  of: number;
}

export function partOf(key: string, text: string): PartOf | null {
  const match = /^(\d{1,3})\/(\d{1,3})$/.exec(text);
  const [part, of] = [Number(match?.[1]), Number(match?.[2])];
  return match !== null && part >= 1 && part <= of && of <= maxParts ? { key, part, of } : null;
}

interface Open<Handle> {
  parts: Map<number, Uint8Array>;
  handles: Handle[];
  of: number;
}

export interface Added<Handle> {
  /** All of it, in order. `handles`: of its parts, to be acknowledged together. */
  whole: { bytes: Uint8Array; handles: Handle[] } | null;
  /** Of results that are given up. */
  dropped: Handle[];
}

/** Puts parts together, in whatever order and however often they come. Gives the whole when its last part is there. */
export function createAssembly<Handle>() {
  const senders = new Map<string, Map<string, Open<Handle>>>();

  /** Gives up the oldest of a sender until it keeps within its limit. */
  function makeRoom(open: Map<string, Open<Handle>>): Handle[] {
    const dropped: Handle[] = [];
    let waiting = [...open.values()].reduce((sum, { handles }) => sum + handles.length, 0);
    for (const [key, { handles }] of open) {
      if (waiting <= maxWaiting) break;
      open.delete(key);
      dropped.push(...handles);
      waiting -= handles.length;
    }
    return dropped;
  }

  return {
    /** `sender`: what the engine let nobody else be. */
    add({ sender, key, part, of }: PartOf & { sender: string }, bytes: Uint8Array, handle: Handle): Added<Handle> {
      const open = senders.get(sender) ?? new Map<string, Open<Handle>>();
      senders.set(sender, open);
      const known = open.get(key);
      const entry = known?.of === of ? known : { parts: new Map<number, Uint8Array>(), handles: [], of };
      // Whose number of parts changes on the way is not put together with what came before.
      const dropped = known === undefined || known === entry ? [] : known.handles;
      entry.parts.set(part, bytes);
      entry.handles.push(handle);
      open.delete(key);
      if (entry.parts.size === of) {
        const sorted = [...entry.parts].sort(([a], [b]) => a - b).map(([, each]) => each);
        return { whole: { bytes: Buffer.concat(sorted), handles: entry.handles }, dropped };
      }
      open.set(key, entry);
      return { whole: null, dropped: [...dropped, ...makeRoom(open)] };
    },
  };
}
