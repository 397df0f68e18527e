import pLimit from 'p-limit';

/**
 * Runs `work` over a stream with at most `limit` in flight and yields results as they end, in no order. The stream is read only as
 * far as there is room, so that a list of any length stays out of memory. A rejection of `work` ends the iteration.
 */
export async function* inParallel<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const run = pLimit({ concurrency: limit, rejectOnClear: true });
  const underWay = new Set<Promise<{ promise: Promise<unknown>; result: Result }>>();
  const start = (item: Item): void => {
    const promise: Promise<{ promise: Promise<unknown>; result: Result }> = run(work, item).then((result) => ({ promise, result }));
    underWay.add(promise);
  };
  const next = async (): Promise<Result> => {
    const { promise, result } = await Promise.race(underWay);
    underWay.delete(promise as Promise<{ promise: Promise<unknown>; result: Result }>);
    return result;
  };
  try {
    for await (const item of items) {
      start(item);
      if (underWay.size >= limit) yield await next();
    }
    while (underWay.size > 0) yield await next();
  } finally {
    // Whoever stops early does not care how the rest ends; a rejection then must not end the process.
    for (const promise of underWay) promise.catch(() => undefined);
  }
}
