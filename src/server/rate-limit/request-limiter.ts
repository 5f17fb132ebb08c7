/** The number of requests that a visitor or an address may send within a period. */
export interface RateLimitRule {
  /** A positive whole number; the request after these gets a 429. */
  readonly requests: number;
  /** The period in seconds, a positive whole number. It begins with the first request. */
  readonly perSeconds: number;
}

/**
 * The part of a limiter of `rate-limiter-flexible` that this package uses; any object with this method works. All calls of one request
 * together get 500 ms; one that does not settle within what is left of it counts as failed.
 */
export interface RequestLimiter {
  /** Rejects with an object that has `msBeforeNext`, milliseconds, at the limit, and with an `Error` when its store fails. */
  consume(key: string): Promise<unknown>;
}
