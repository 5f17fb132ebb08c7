import { describe, expect, it } from 'vitest';
import { PendingRetry, retryDelayMs } from '../../../../src/token/source/backoff.js';
import { invalidResponse, unavailable } from '../../../../src/token/token-failure.js';
import { VirtualTime } from '../../../support/virtual-time.js';

const down = unavailable('down');

describe('the delay before another try', () => {
  it.each([
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [3, 2_000, 4_000],
    [6, 16_000, 32_000],
    [7, 30_000, 60_000],
    [20, 30_000, 60_000],
    [2_000, 30_000, 60_000],
  ])('after %i failures is between %i and %i ms', (failures, leastMs, mostMs) => {
    expect(retryDelayMs(down, failures, () => 0)).toBe(leastMs);
    expect(retryDelayMs(down, failures, () => 1)).toBe(mostMs);
  });

  it('grows to five minutes where answers are no tokens', () => {
    expect(retryDelayMs(invalidResponse('html'), 7, () => 1)).toBe(64_000);
    expect(retryDelayMs(invalidResponse('html'), 20, () => 1)).toBe(300_000);
  });

  it('is what the endpoint asked for and the usual delay after it, so that not all come back at once', () => {
    expect(retryDelayMs(unavailable('busy', 120_000), 1, () => 0)).toBe(120_500);
    expect(retryDelayMs(unavailable('busy', 120_000), 3, () => 1)).toBe(124_000);
  });

  it('does not vanish with a Retry-After of nothing', () => {
    expect(retryDelayMs(unavailable('busy', 0), 3, () => 0)).toBe(2_000);
  });
});

describe('a retry that waits', () => {
  const arrange = (delayMs: number, retryAfterMs?: number) => {
    const time = new VirtualTime();
    return { time, retry: new PendingRetry(time.now, delayMs, retryAfterMs) };
  };

  it('is due when its delay is over', async () => {
    const { time, retry } = arrange(5_000);
    await time.advance(2_000);
    expect([retry.dueInMs(time.now, true), retry.ageMs(time.now)]).toEqual([3_000, 2_000]);
  });

  it('waits for a minute while the browser says that it is offline', async () => {
    const { time, retry } = arrange(5_000);
    await time.advance(2_000);
    expect(retry.dueInMs(time.now, false)).toBe(58_000);
    expect(arrange(90_000).retry.dueInMs(time.now, false)).toBeGreaterThan(60_000);
  });

  it('can be hastened but not delayed', async () => {
    const { time, retry } = arrange(5_000);
    expect(retry.expedited(1_000).dueInMs(time.now, true)).toBe(1_000);
    expect(retry.expedited(9_000).dueInMs(time.now, true)).toBe(5_000);
    expect(retry.expedited(3_000).expedited(1_000).dueInMs(time.now, true)).toBe(1_000);
  });

  it('cannot be hastened against the endpoint’s word', () => {
    const { time, retry } = arrange(5_000, 5_000);
    expect(retry.expedited(1_000).dueInMs(time.now, true)).toBe(5_000);
  });

  it('is hastened to what the endpoint has asked for, but no further', () => {
    const { time, retry } = arrange(61_000, 2_000);
    expect(retry.expedited(1_000).dueInMs(time.now, true)).toBe(2_000);
    expect(retry.expedited(3_000).dueInMs(time.now, true)).toBe(3_000);
  });

  it('is forbidden for as long as the endpoint has asked, not for the caution that is added', async () => {
    const { time, retry } = arrange(61_000, 2_000);
    await time.advance(1_999);
    expect(retry.forbids(time.now)).toBe(true);
    await time.advance(1);
    expect(retry.forbids(time.now)).toBe(false);
  });
});
