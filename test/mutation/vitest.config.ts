import { defineConfig } from 'vitest/config';

/**
 * The plain tests of what is mutated, and what the field has met of it. Not the suites of random interleavings: they take too long to run for each
 * mutant, and what only one scenario in ten thousand notices is not guarded by a test.
 */
export default defineConfig({
  test: {
    include: [
      'test/unit/{token,session,config}/**/*.test.ts',
      'test/unit/core/values/**/*.test.ts',
      'test/field/unit/{page-messages,token-redirect,token-refusal}.test.ts',
    ],
    exclude: ['test/unit/session/isolation.property.test.ts', 'test/unit/session/injected-faults.test.ts'],
    setupFiles: ['test/support/silent-frames.ts', 'test/mutation/same-chance.ts'],
  },
});
