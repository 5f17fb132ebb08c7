// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { RetryCountdown } from '../../../../src/element/status/retry-countdown.js';
import { loadStrings } from '../../../../src/locales/strings.js';
import { VirtualTime } from '../../../support/virtual-time.js';

const WAIT_SECONDS = 20;
const JUMPS_SECONDS = [-1, -19, -60, -3600, -86_400 * 365, 3, 3600];

describe('Retry countdown', () => {
  it('Whenever the clock is set back or forward, the countdown never grows and ends on time', async () => {
    const localized = { strings: await loadStrings('en'), language: 'en' } as const;
    for (const jumpSeconds of JUMPS_SECONDS) {
      for (let jumpsAfter = 0; jumpsAfter < WAIT_SECONDS; jumpsAfter += 1) {
        const time = new VirtualTime();
        const countdown = new RetryCountdown(document, time.clock, time.timers);
        const atMs = time.now.wallMs + WAIT_SECONDS * 1000;
        countdown.start(atMs, localized);
        const shown = [secondsShown(countdown)];
        for (let second = 0; second < WAIT_SECONDS; second += 1) {
          if (second === jumpsAfter) time.jumpWall(jumpSeconds * 1000);
          // As in a render of the element, for example after a change of language.
          if (second % 3 === 0) countdown.start(atMs, localized);
          await time.advance(1000);
          shown.push(secondsShown(countdown));
        }
        const what = `${jumpSeconds} s after ${jumpsAfter} s`;
        expect(shown, what).toEqual(shown.toSorted((one, other) => other - one));
        expect([shown[0], shown.at(-1), time.timerCount], what).toEqual([WAIT_SECONDS, 0, 0]);
      }
    }
  });

  it('Another attempt is counted down from its own time', async () => {
    const localized = { strings: await loadStrings('en'), language: 'en' } as const;
    const time = new VirtualTime();
    const countdown = new RetryCountdown(document, time.clock, time.timers);
    countdown.start(time.now.wallMs + 5000, localized);
    await time.advance(4000);
    countdown.start(time.now.wallMs + 60_000, localized);
    expect([secondsShown(countdown), time.timerCount]).toEqual([60, 1]);
  });
});

/** 0 once the text names no time. */
function secondsShown({ element }: RetryCountdown): number {
  return Number(/\d+/.exec(element.textContent)?.[0] ?? 0);
}
