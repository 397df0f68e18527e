/**
 * Work on something large, in slices: it yields after each, so that whoever runs it may let others have the event loop between two. What
 * comes of it does not depend on when it goes on.
 */
export type Slices<Result> = Generator<void, Result, void>;

/** Does the whole work in one go. */
export function atOnce<Result>(slices: Slices<Result>): Result {
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
  }
}

/** Characters of text that are read in one slice: some milliseconds of the worst text known. */
export const sliceLength = 16_384;

/** Text that comes in pieces. */
export interface TextPieces {
  push(piece: string): void;
  /** Makes one of what came in this slice. */
  flush(): void;
  finish(): string;
}

/** Joins text slice by slice, because joining half a million pieces at once takes long (measured: 40 to 70 ms). */
export function textPieces(separator: string): TextPieces {
  const wholes: string[] = [];
  let pieces: string[] = [];
  const flush = (): void => {
    if (pieces.length > 0) wholes.push(pieces.join(separator));
    pieces = [];
  };
  return {
    push: (piece) => void pieces.push(piece),
    flush,
    finish() {
      flush();
      return wholes.join(separator);
    },
  };
}
