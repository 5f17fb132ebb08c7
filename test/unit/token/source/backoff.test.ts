import { describe, expect, it } from 'vitest';
import { PendingRetry, retryDelayMs } from '../../../../src/token/source/backoff.js';
import { invalidResponse, unavailable } from '../../../../src/token/token-failure.js';
import { VirtualTime } from '../../../support/virtual-time.js';

const down = unavailable('down');

describe('Delay before the next attempt', () => {
  it.each([
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [3, 2_000, 4_000],
    [6, 16_000, 32_000],
    [7, 30_000, 60_000],
    [20, 30_000, 60_000],
    [2_000, 30_000, 60_000],
  ])('The delay after %i failures is between %i and %i ms', (failures, leastMs, mostMs) => {
    expect(retryDelayMs(down, failures, () => 0)).toBe(leastMs);
    expect(retryDelayMs(down, failures, () => 1)).toBe(mostMs);
  });

  it('The delay grows to five minutes if the responses are no tokens', () => {
    expect(retryDelayMs(invalidResponse('html'), 7, () => 1)).toBe(64_000);
    expect(retryDelayMs(invalidResponse('html'), 20, () => 1)).toBe(300_000);
  });

  it('The delay is the Retry-After and then the usual delay, so that not all clients return at once', () => {
    expect(retryDelayMs(unavailable('busy', 120_000), 1, () => 0)).toBe(120_500);
    expect(retryDelayMs(unavailable('busy', 120_000), 3, () => 1)).toBe(124_000);
  });

  it('A Retry-After of 0 does not remove the usual delay', () => {
    expect(retryDelayMs(unavailable('busy', 0), 3, () => 0)).toBe(2_000);
  });
});

describe('Pending retry', () => {
  const arrange = (delayMs: number, retryAfterMs?: number) => {
    const time = new VirtualTime();
    return { time, retry: new PendingRetry(time.now, delayMs, retryAfterMs) };
  };

  it('A retry is due when its delay is over', async () => {
    const { time, retry } = arrange(5_000);
    await time.advance(2_000);
    expect([retry.dueInMs(time.now, true), retry.ageMs(time.now)]).toEqual([3_000, 2_000]);
  });

  it('A retry waits for a minute while the browser says that it is offline', async () => {
    const { time, retry } = arrange(5_000);
    await time.advance(2_000);
    expect(retry.dueInMs(time.now, false)).toBe(58_000);
    expect(arrange(90_000).retry.dueInMs(time.now, false)).toBeGreaterThan(60_000);
  });

  it('A retry can be made earlier, but not later', async () => {
    const { time, retry } = arrange(5_000);
    expect(retry.expedited(1_000).dueInMs(time.now, true)).toBe(1_000);
    expect(retry.expedited(9_000).dueInMs(time.now, true)).toBe(5_000);
    expect(retry.expedited(3_000).expedited(1_000).dueInMs(time.now, true)).toBe(1_000);
  });

  it('A retry cannot be made earlier than the Retry-After of the endpoint', () => {
    const { time, retry } = arrange(5_000, 5_000);
    expect(retry.expedited(1_000).dueInMs(time.now, true)).toBe(5_000);
  });

  it('A retry with an added delay can be made earlier, down to the Retry-After', () => {
    const { time, retry } = arrange(61_000, 2_000);
    expect(retry.expedited(1_000).dueInMs(time.now, true)).toBe(2_000);
    expect(retry.expedited(3_000).dueInMs(time.now, true)).toBe(3_000);
  });

  it('A retry forbids requests for the Retry-After only, not for the added delay', async () => {
    const { time, retry } = arrange(61_000, 2_000);
    await time.advance(1_999);
    expect(retry.forbids(time.now)).toBe(true);
    await time.advance(1);
    expect(retry.forbids(time.now)).toBe(false);
  });
});
