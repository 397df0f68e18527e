import { defineConfig } from 'vitest/config';

const minute = 60_000;

/** What needs root, network namespaces, `nft`, `mount` or `xmllint`. `npm run test:system` */
export default defineConfig({
  test: {
    include: ['test/system/**/*.test.ts'],
    env: { SYSTEM_TESTS: '1' },
    testTimeout: 5 * minute,
    hookTimeout: 5 * minute,
    // They mostly wait, for silence to be one.
    maxWorkers: 2,
  },
});
