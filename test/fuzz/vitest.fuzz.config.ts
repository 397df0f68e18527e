import { defineConfig } from 'vitest/config';

/** `npm run fuzz`: a minute over all readers of what others write; `FUZZ_SECONDS` for longer. */
export default defineConfig({
  test: { include: ['test/fuzz/*.fuzz.ts'], testTimeout: 120_000, maxWorkers: 1, fileParallelism: false },
});
