export interface RateLimitRule {
  readonly requests: number;
  readonly perSeconds: number;
}

/** What this package needs of a limiter of `rate-limiter-flexible`: rejects with `msBeforeNext` at the limit, and with an `Error` when its store fails. */
export interface RequestLimiter {
  consume(key: string): Promise<unknown>;
}
