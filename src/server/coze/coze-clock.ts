/** Below this the assertion's back-dating and Coze's own tolerance cover the difference. */
const MIN_CLOCK_OFFSET_SECONDS = 20;

/** Seconds to add to this host's clock; positive when it is slow. 0 is the host's own time. */
export type ClockOffset = number;

/** Whether an assertion that is dated by the one may be rejected where the other is not. */
export function isOtherTime(one: ClockOffset, other: ClockOffset): boolean {
  return Math.abs(one - other) > MIN_CLOCK_OFFSET_SECONDS;
}

/**
 * The time by which assertions are dated: this host's, unless Coze has rejected it and accepted another one. A `Date` header alone proves
 * nothing, because a cache or a proxy in between may have written it: it is tried, and kept only if Coze takes the assertion.
 */
export class CozeClock {
  readonly #now: () => number;
  #offset: ClockOffset = 0;

  /** @param now epoch milliseconds by this host's clock */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The one that Coze accepted last. */
  get offset(): ClockOffset {
    return this.#offset;
  }

  /** Epoch seconds. */
  secondsAt(offset: ClockOffset): number {
    return Math.floor(this.#now() / 1000) + offset;
  }

  /** How far this host's clock is from the given time. */
  offsetTo(cozeSeconds: number): ClockOffset {
    return cozeSeconds - this.secondsAt(0);
  }

  /** Coze took an assertion with this offset: dates by it from now on. Returns whether that is another time than before. */
  accept(offset: ClockOffset): boolean {
    const isChange = isOtherTime(offset, this.#offset);
    if (isChange) this.#offset = offset;
    return isChange;
  }
}
