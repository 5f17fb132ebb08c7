/**
 * `npm run test:mutation`: changes the code of tokens, sessions, configuration and shapes in small ways, and checks whether a test notices.
 */

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['src/token/**/*.ts', 'src/session/**/*.ts', 'src/config/**/*.ts', 'src/core/values/shape.ts'],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  ignorePatterns: ['/*', '!/src', '!/test', '!/package.json', '!/tsconfig.json', '/test/bench', '/test/browser', '/test/e2e'],
  concurrency: 2,
  timeoutMS: 5_000,
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: 'reports/mutation.json' },
};
