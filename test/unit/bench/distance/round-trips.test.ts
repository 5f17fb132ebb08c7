import { describe, expect, test } from 'vitest';
import type { NetworkRequest } from '../../../bench/distance/network-request.js';
import { longestRow, waitedRow } from '../../../bench/distance/round-trips.js';

const request = (name: string, sentMs: number, endMs: number): NetworkRequest => ({
  kind: 'API',
  name,
  askedMs: sentMs,
  sentMs,
  endMs,
  bytes: 100,
});

const namesOf = (row: readonly NetworkRequest[]): readonly string[] => row.map(({ name }) => name);

describe('Longest row of requests', () => {
  test('Requests that are sent at the same time count once', () => {
    expect(longestRow([request('script', 0, 100), request('style', 0, 110), request('token', 1, 90)], 500)).toHaveLength(1);
  });

  test('A request that is sent when another has ended comes after it', () => {
    const requests = [request('script', 0, 100), request('token', 105, 500), request('picture', 110, 210), request('list', 510, 610)];
    expect(namesOf(longestRow(requests, 700))).toEqual(['script', 'token', 'list']);
  });

  test('A request that is sent while another is under way does not wait for that one', () => {
    expect(longestRow([request('script', 0, 100), request('token', 90, 500)], 700)).toHaveLength(1);
  });

  test('A request that ends after the milestone is not counted', () => {
    expect(namesOf(longestRow([request('token', 0, 400), request('list', 410, 510), request('picture', 520, 620)], 515))).toEqual([
      'token',
      'list',
    ]);
  });

  test('A request that ended before the click is not counted, and one that ends after it is', () => {
    expect(namesOf(longestRow([request('script', -400, -300), request('token', -250, 150), request('list', 160, 260)], 300))).toEqual([
      'token',
      'list',
    ]);
  });

  test('A request without an end is in no row', () => {
    expect(longestRow([request('stream', 0, Infinity)], 1000)).toEqual([]);
  });

  test('Of two rows with the same number of requests, the one that ends later is returned', () => {
    const requests = [request('token', 0, 400), request('list', 410, 510), request('script', 0, 100), request('style', 110, 450)];
    expect(namesOf(longestRow(requests, 600))).toEqual(['token', 'list']);
  });
});

describe('Row that was waited for', () => {
  test('The row goes back from the milestone by the latest end, even if another row has more requests', () => {
    const requests = [
      request('script', 0, 100),
      request('chunk', 110, 210),
      request('style', 220, 320),
      request('token', 0, 400),
      request('list', 410, 510),
    ];
    expect(namesOf(waitedRow(requests, 600))).toEqual(['token', 'list']);
    expect(namesOf(longestRow(requests, 600))).toEqual(['script', 'chunk', 'style', 'list']);
  });

  test('Requests that are answered within one tick of the clock are in the row once', () => {
    expect(waitedRow([request('one', 10, 10.5), request('two', 10, 10.5)], 100)).toHaveLength(2);
  });

  test('There is no row if no request has ended', () => {
    expect(waitedRow([request('stream', 0, Infinity)], 100)).toEqual([]);
  });
});
