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

describe('Renewal time of a token', () => {
  it.each([
    [HOUR_MS, 0, 0.5 * HOUR_MS],
    [HOUR_MS, 0.5, 0.55 * HOUR_MS],
    [HOUR_MS, 0.999, 0.5999 * HOUR_MS],
    [900_000, 0, 450_000],
    [20_000, 0, 15_000],
    [1_000, 0.9, 15_000],
  ])('A token that lives %i ms, with the random value %f, is due at the age of %i ms', (lifetimeMs, random, expectedMs) => {
    expect(arrange({ lifetimeMs, random }).token.refreshAgeMs).toBeCloseTo(expectedMs, 6);
  });

  it('A token with a lifetime of at least 30 s is due between 50 and 60 % of it', () => {
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
  ])('A token becomes due %s', async (_, pass) => {
    const { time, token } = arrange();
    await pass(time);
    expect(token.refreshDueInMs(time.now)).toBe(0);
  });
});

describe('Usability of a token', () => {
  it.each([
    [HOUR_MS, HOUR_MS - 10_000],
    [4_000, 3_000],
    [1_000, 750],
  ])('A token that lives %i ms is usable until the age of %i ms, so that it is still valid on arrival', async (lifetimeMs, usableMs) => {
    const { time, token } = arrange({ lifetimeMs });
    await time.advance(usableMs - 1);
    expect(token.isUsable(time.now)).toBe(true);
    await time.advance(1);
    expect(token.isUsable(time.now)).toBe(false);
  });

  it('A token that expired during eight hours of sleep is not usable', () => {
    const { time, token } = arrange();
    time.sleep(8 * HOUR_MS);
    expect(token.isUsable(time.now)).toBe(false);
  });
});

it('A token has its age and its times by the clock of this machine', async () => {
  const { time, token } = arrange();
  const { wallMs } = time.now;
  await time.advance(5_000);
  expect([token.ageMs(time.now), token.expiresAtMs, token.refreshAtMs]).toEqual([5_000, wallMs + HOUR_MS, wallMs + HOUR_MS / 2]);
});

it('A token does not show its value when it is printed or serialised', () => {
  const { token } = arrange();
  expect(token.value).toBe('secret-value');
  const shown = [inspect(token, { depth: 9, showHidden: true }), JSON.stringify(token), String(token), JSON.stringify({ ...token })];
  expect(shown.join()).not.toContain('secret-value');
});
