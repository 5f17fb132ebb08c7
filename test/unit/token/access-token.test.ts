import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccessToken } from '../../../src/token/access-token.js';
import { VirtualTime } from '../../support/virtual-time.js';

const HOUR_MS = 3_600_000;
function arrange({ lifetimeMs = HOUR_MS, random = 0 } = {}) {
  const time = new VirtualTime();
  const token = new AccessToken({ value: 'secret-value', subject: 'alice', requestedAt: time.now, lifetimeMs }, () => random);
  return { time, token };
}

describe('when a token is replaced', () => {
  it.each([
    [HOUR_MS, 0, 0.5 * HOUR_MS],
    [HOUR_MS, 0.5, 0.55 * HOUR_MS],
    [HOUR_MS, 0.999, 0.5999 * HOUR_MS],
    [900_000, 0, 450_000],
    [20_000, 0, 15_000],
    [1_000, 0.9, 15_000],
  ])('one that lives %i ms, with chance at %f, is due at the age of %i ms', (lifetimeMs, random, expectedMs) => {
    expect(arrange({ lifetimeMs, random }).token.refreshAgeMs).toBeCloseTo(expectedMs, 6);
  });

  it('is between 50 and 60 % of any life that is long enough', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30_000, max: 24 * HOUR_MS }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (lifetimeMs, random) => {
          const share = arrange({ lifetimeMs, random }).token.refreshAgeMs / lifetimeMs;
          expect(share).toBeGreaterThanOrEqual(0.5 - 1e-9);
          expect(share).toBeLessThanOrEqual(0.6 + 1e-9);
        },
      ),
    );
  });

  it.each([
    ['as time passes', (time: VirtualTime) => time.advance(1_800_000)],
    ['after sleep', (time: VirtualTime) => time.sleep(1_800_000)],
    ['although the wall clock was set back by an hour', (time: VirtualTime) => (time.jumpWall(-HOUR_MS), time.advance(1_800_000))],
  ])('comes %s', async (_, pass) => {
    const { time, token } = arrange();
    await pass(time);
    expect(token.refreshDueInMs(time.now)).toBe(0);
  });
});

describe('whether a token can be used', () => {
  it.each([
    [HOUR_MS, HOUR_MS - 10_000],
    [4_000, 3_000],
    [1_000, 750],
  ])('one that lives %i ms can until the age of %i ms, so that it is still valid on arrival', async (lifetimeMs, usableMs) => {
    const { time, token } = arrange({ lifetimeMs });
    await time.advance(usableMs - 1);
    expect(token.isUsable(time.now)).toBe(true);
    await time.advance(1);
    expect(token.isUsable(time.now)).toBe(false);
  });

  it('is known before anybody asks after eight hours of sleep', () => {
    const { time, token } = arrange();
    time.sleep(8 * HOUR_MS);
    expect(token.isUsable(time.now)).toBe(false);
  });
});

it('tells its age and its times by this machine’s clock', async () => {
  const { time, token } = arrange();
  const { wallMs } = time.now;
  await time.advance(5_000);
  expect([token.ageMs(time.now), token.expiresAtMs, token.refreshAtMs]).toEqual([5_000, wallMs + HOUR_MS, wallMs + HOUR_MS / 2]);
});

it('shows its value to nobody who prints or serialises it', () => {
  const { token } = arrange();
  expect(token.value).toBe('secret-value');
  const shown = [inspect(token, { depth: 9, showHidden: true }), JSON.stringify(token), String(token), JSON.stringify({ ...token })];
  expect(shown.join()).not.toContain('secret-value');
});
