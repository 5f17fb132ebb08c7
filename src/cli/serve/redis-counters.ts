/** Counts of requests in a Redis that several instances share. */
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { RateLimitOptions } from '../../server/rate-limit/rate-limit.js';

export interface RedisCounters {
  readonly store: NonNullable<RateLimitOptions['store']>;
  close(): void;
}

/** Never waits for the connection: while there is none, the endpoint counts by itself and says so. */
export function connectCounters(url: string): RedisCounters {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  });
  // The endpoint's own warning says it; what ioredis says would have the password of the URL in it.
  client.on('error', () => undefined);
  return {
    store: ({ name, requests, perSeconds }) =>
      new RateLimiterRedis({ storeClient: client, keyPrefix: `coze-chat-${name}`, points: requests, duration: perSeconds }),
    close: () => client.disconnect(),
  };
}
