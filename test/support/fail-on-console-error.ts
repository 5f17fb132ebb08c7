/** In browser tests a console error fails the test that caused it, unless the test has replaced `console.error` itself. */
import { afterEach, beforeEach, expect, vi } from 'vitest';

const seen: unknown[][] = [];

beforeEach(() => {
  seen.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...strings) => void seen.push(strings));
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(seen, 'errors in the console').toEqual([]);
});
