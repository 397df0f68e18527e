import { defineConfig } from 'vitest/config';

/** Folders whose code opens nothing: no socket, file or process of its own. */
const pure = 'test/{checks,dnssec,facts,iteration,merging,model,parsers,recipes,reports,scoring}/**/*.test.ts';

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 90_000,
    projects: [
      // One module graph a worker: loading it anew for each file takes longer than the tests.
      { extends: true, test: { name: 'pure', include: [pure], isolate: false, maxWorkers: 2, sequence: { groupOrder: 0 } } },
      {
        extends: true,
        test: {
          name: 'sockets',
          include: ['test/**/*.test.ts'],
          exclude: [pure, 'test/lab/**', 'test/browser/**', 'test/system/**', 'test/fleet/**'],
          // The testbed and the tool share an event loop: a second busy worker would make both late.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
