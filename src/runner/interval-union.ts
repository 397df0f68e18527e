/** Total length of the union of time intervals: time that passed twice at once counts once. */
export interface IntervalUnion {
  /** Adds [fromMs, toMs]; an empty or reversed interval adds nothing. */
  add(fromMs: number, toMs: number): void;
  lengthMs(): number;
}

export function createIntervalUnion(): IntervalUnion {
  /** Disjoint, oldest first. */
  let spans: { fromMs: number; toMs: number }[] = [];
  let lengthMs = 0;
  return {
    add(fromMs, toMs) {
      if (!(toMs > fromMs)) return;
      const merged = { fromMs, toMs };
      const before = spans.filter((span) => span.toMs < fromMs);
      const after = spans.filter((span) => span.fromMs > toMs);
      for (const span of spans.slice(before.length, spans.length - after.length)) {
        merged.fromMs = Math.min(merged.fromMs, span.fromMs);
        merged.toMs = Math.max(merged.toMs, span.toMs);
      }
      spans = [...before, merged, ...after];
      lengthMs = spans.reduce((sum, span) => sum + span.toMs - span.fromMs, 0);
    },
    lengthMs: () => lengthMs,
  };
}
