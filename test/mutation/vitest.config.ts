import { defineConfig } from 'vitest/config';

/**
 * The example-based tests of the mutated code, and its regression tests from the field. Not the suites of random interleavings: they take
 * too long to run for each mutant, and a fault that only one scenario in ten thousand notices does not count as covered by a test.
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
