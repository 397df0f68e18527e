import { defineConfig } from 'vitest/config';

/** `SOAK_MINUTES=60 npm run soak`: whole audits one after the other, disturbed at random. */
export default defineConfig({
  test: {
    include: ['test/soak/*.soak.ts'],
    // A leak is only seen after the garbage is gone.
    execArgv: ['--expose-gc'],
    maxWorkers: 1,
    fileParallelism: false,
  },
});
