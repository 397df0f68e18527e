import { defineConfig } from 'vitest/config';

const minute = 60_000;

/** The lab alone: root, network namespaces and real servers (see README.md here). `npm run test:lab` */
export default defineConfig({
  test: {
    include: ['test/lab/**/*.lab.test.ts'],
    globalSetup: ['test/lab/setup.ts'],
    testTimeout: 8 * minute,
    hookTimeout: 8 * minute,
    teardownTimeout: minute,
    maxWorkers: 1,
    fileParallelism: false,
  },
});
