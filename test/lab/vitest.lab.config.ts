import { defineConfig } from 'vitest/config';

const minute = 60_000;

/** The lab alone: root, network namespaces and real servers (see README.md here). `npm run test:lab` */
export default defineConfig({
  test: {
    include: ['test/lab/**/*.lab.test.ts'],
    // Two minutes more, mostly waiting for workers: `npm run test:lab:fleet`, so that the lab stays under eight.
    exclude: process.env.LAB_FLEET === undefined ? ['test/lab/fleet.lab.test.ts'] : [],
    globalSetup: ['test/lab/setup.ts'],
    // Six minutes on two idle cores; a machine that is busy with other things may take thrice that, and is not wrong for it.
    testTimeout: 12 * minute,
    hookTimeout: 18 * minute,
    teardownTimeout: minute,
    maxWorkers: 1,
    fileParallelism: false,
  },
});
