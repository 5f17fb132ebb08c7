/** How many requests a visitor or an address may send in which time. */
export interface RateLimitRule {
  /** A positive whole number; the request after these gets a 429. */
  readonly requests: number;
  /** Seconds, a positive whole number. They begin with the first request. */
  readonly perSeconds: number;
}

/**
 * What this package needs of a limiter of `rate-limiter-flexible`, and all that another one has to offer. One that does not settle within
 * 500 ms counts as failed.
 */
export interface RequestLimiter {
  /** Rejects with an object that has `msBeforeNext`, milliseconds, at the limit, and with an `Error` when its store fails. */
  consume(key: string): Promise<unknown>;
}
