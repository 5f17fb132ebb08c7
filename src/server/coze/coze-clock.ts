/** Smaller offsets are covered by the assertion's back-dating and Coze's own tolerance. */
const MIN_CLOCK_OFFSET_SECONDS = 20;

/** Seconds to add to this host's clock; positive when it is slow. 0 is the host's own time. */
export type ClockOffset = number;

/** Whether Coze may reject an assertion with one offset and accept it with the other. */
export function isOtherTime(one: ClockOffset, other: ClockOffset): boolean {
  return Math.abs(one - other) > MIN_CLOCK_OFFSET_SECONDS;
}

/**
 * The clock by which assertions are dated: this host's, unless Coze has rejected that time and accepted another one. A `Date` header alone
 * proves nothing, because a cache or a proxy may have written it: it is tried, and kept only if Coze accepts the assertion.
 */
export class CozeClock {
  readonly #now: () => number;
  #offset: ClockOffset = 0;

  /** @param now epoch milliseconds by this host's clock */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The offset that Coze accepted last. */
  get offset(): ClockOffset {
    return this.#offset;
  }

  /** Epoch seconds. */
  secondsAt(offset: ClockOffset): number {
    return Math.floor(this.#now() / 1000) + offset;
  }

  /** Offset from this host's clock to the given time. */
  offsetTo(cozeSeconds: number): ClockOffset {
    return cozeSeconds - this.secondsAt(0);
  }

  /** Uses the offset of an assertion that Coze has accepted. Returns whether that changes the clock. */
  accept(offset: ClockOffset): boolean {
    const isChange = isOtherTime(offset, this.#offset);
    if (isChange) this.#offset = offset;
    return isChange;
  }
}
