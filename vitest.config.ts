import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/lab/**', 'test/browser/**', 'test/system/**'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // The testbed and the tool share an event loop: a second busy worker would make both late.
    maxWorkers: 1,
  },
});
