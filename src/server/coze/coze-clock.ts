/** Below this the assertion's back-dating and Coze's own tolerance cover the difference. */
const MIN_CLOCK_OFFSET_SECONDS = 20;

/**
 * The time by which assertions are dated: this host's, until Coze rejects an assertion and its `Date` shows that this host is wrong.
 * Only then, because `Date` may also come from a cache in between.
 */
export class CozeClock {
  readonly #now: () => number;
  #offsetSeconds = 0;

  /** @param now epoch milliseconds by this host's clock */
  constructor(now: () => number) {
    this.#now = now;
  }

  get nowSeconds(): number {
    return Math.floor(this.#now() / 1000) + this.#offsetSeconds;
  }

  /** Whether Coze's time is so different that an assertion may be rejected for it. */
  disagreesWith(cozeSeconds: number): boolean {
    return Math.abs(cozeSeconds - this.nowSeconds) > MIN_CLOCK_OFFSET_SECONDS;
  }

  /** Follows Coze's clock from now on. Returns how far this host's is from it in seconds, positive when it is slow. */
  follow(cozeSeconds: number): number {
    this.#offsetSeconds = cozeSeconds - Math.floor(this.#now() / 1000);
    return this.#offsetSeconds;
  }
}
