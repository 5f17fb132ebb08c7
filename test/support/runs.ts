/**
 * How many cases the tests with generated ones try. `npm test` takes a tenth, other ones each time; `npm run test:stress` takes all, which
 * is `COZE_TEST_RUNS=full` in the environment.
 */

export const TRIES_ALL = process.env['COZE_TEST_RUNS'] === 'full';

const SHARE = 1 / 10;
/** Fewer would miss what is not rare. */
const LEAST = 25;

/** @param all As many as the promise was made for. */
export function runs(all: number): number {
  return TRIES_ALL ? all : Math.max(Math.ceil(all * SHARE), LEAST);
}
