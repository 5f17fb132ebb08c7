/**
 * How many generated cases the property tests try. `npm test` takes a tenth, different ones each time; `npm run test:stress` takes all, by
 * `COZE_TEST_RUNS=full` in the environment.
 */

export const TRIES_ALL = process.env['COZE_TEST_RUNS'] === 'full';

const SHARE = 1 / 10;
/** Fewer cases would miss even common faults. */
const LEAST = 25;

/** @param all The number of cases for which the promise is made. */
export function runs(all: number): number {
  return TRIES_ALL ? all : Math.max(Math.ceil(all * SHARE), LEAST);
}
