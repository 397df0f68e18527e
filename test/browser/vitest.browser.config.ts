import { defineConfig } from 'vitest/config';

/** Real headless Chromium; run by `npx vitest run --config test/browser/vitest.browser.config.ts`. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
