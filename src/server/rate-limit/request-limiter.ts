/** How many requests are let through in how long. */
export interface RateLimitRule {
  /** Requests that are answered in each window, 1 or more; the others get 429. */
  readonly requests: number;
  /** Length of the window in seconds, 1 or more. It begins with the first request. */
  readonly perSeconds: number;
}

/** What this package needs of a limiter of `rate-limiter-flexible`: rejects with `msBeforeNext` at the limit, and with an `Error` when its store fails. */
export interface RequestLimiter {
  /** Counts one request of the key. */
  consume(key: string): Promise<unknown>;
}
