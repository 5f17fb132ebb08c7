import { defineConfig } from 'vitest/config';

/**
 * The plain tests of `src/token/` and `src/session/`. Not the two suites of random interleavings: they take too long to run for each mutant,
 * and what only one scenario in ten thousand notices is not guarded by a test.
 */
export default defineConfig({
  test: {
    include: ['test/unit/token/**/*.test.ts', 'test/unit/session/**/*.test.ts', 'test/unit/config.test.ts'],
    exclude: ['test/unit/session/isolation.property.test.ts', 'test/unit/session/injected-faults.test.ts'],
    setupFiles: ['test/support/silent-frames.ts', 'test/mutation/same-chance.ts'],
  },
});
