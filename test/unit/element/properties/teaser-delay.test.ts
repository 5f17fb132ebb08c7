import { expect, it } from 'vitest';
import { parseTeaserDelay } from '../../../../src/element/properties/teaser-delay.js';

it.each([
  [0, 0],
  [2.5, 2.5],
  [86_400, 86_400],
  [undefined, 5],
  [null, 5],
])('A teaser delay of %s is %s seconds', (seconds, delay) => {
  expect(parseTeaserDelay(seconds)).toBe(delay);
});

it.each([NaN, -1, Infinity, 2_147_484, '3', true, {}])('A teaser delay of %s is invalid', (seconds) => {
  expect(parseTeaserDelay(seconds)).toBeUndefined();
});
