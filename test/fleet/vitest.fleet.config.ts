import { defineConfig } from 'vitest/config';

const minute = 60_000;

/** What needs nats-server. `npm run test:fleet` */
export default defineConfig({
  test: { include: ['test/fleet/**/*.test.ts'], testTimeout: 3 * minute, hookTimeout: 3 * minute, maxWorkers: 1, fileParallelism: false },
});
