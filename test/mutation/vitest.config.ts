import { defineConfig } from 'vitest/config';

/**
 * The plain tests of `src/token/` and `src/session/`. Not the two suites of random interleavings: the seeded bugs build the engine from its
 * source, which mutants have changed, and what only one story in ten thousand notices is not held by a test.
 */
export default defineConfig({
  test: {
    include: ['test/unit/token/**/*.test.ts', 'test/unit/session/**/*.test.ts', 'test/unit/config.test.ts'],
    exclude: ['test/unit/session/isolation.property.test.ts', 'test/unit/session/seeded-bugs.test.ts'],
    setupFiles: ['test/support/silent-frames.ts', 'test/mutation/same-chance.ts'],
  },
});
