/** Request counters in a Redis that several instances share. */
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { RateLimitOptions } from '../../server/rate-limit/rate-limit.js';

export interface RedisCounters {
  readonly store: NonNullable<RateLimitOptions['store']>;
  close(): void;
}

/** Never waits for the connection: without one, the endpoint counts by itself and warns about it. */
export function connectCounters(url: string): RedisCounters {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  });
  // The endpoint warns by itself; the message of ioredis would contain the password of the URL.
  client.on('error', () => undefined);
  return {
    store: ({ name, requests, perSeconds }) =>
      new RateLimiterRedis({ storeClient: client, keyPrefix: `coze-chat-${name}`, points: requests, duration: perSeconds }),
    close: () => client.disconnect(),
  };
}
