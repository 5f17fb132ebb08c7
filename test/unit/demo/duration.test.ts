import { expect, it } from 'vitest';
import { formatCountdown, formatLife } from '../../../demo/page/duration.js';
import { en } from '../../../demo/page/strings/en.js';

it.each([
  [15, '15 s'],
  [60, '1 min'],
  [900, '15 min'],
  [3600, '1 h'],
  [86_399, '24 h'],
])('A token lifetime of %i seconds is shown as %s', (seconds, text) => {
  expect(formatLife(seconds, en)).toBe(text);
});

it.each([
  [0, '0:00'],
  [9, '0:09'],
  [75, '1:15'],
  [3675, '1:01:15'],
])('A countdown at %i seconds shows %s', (seconds, text) => {
  expect(formatCountdown(seconds)).toBe(text);
});
