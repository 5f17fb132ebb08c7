/** Request counters in a Redis that several instances share. */
import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { RateLimitOptions } from '../../server/rate-limit/rate-limit.js';
import type { ServeSettings } from './settings.js';

export interface RedisCounters {
  readonly store: NonNullable<RateLimitOptions['store']>;
  close(): void;
}

/** The settings that differ between sites that share a Redis, but not their visitors. */
export type CountersScope = Pick<ServeSettings, 'namespace'> & { readonly oauth: Pick<ServeSettings['oauth'], 'appId' | 'apiBaseUrl'> };

/** Never waits for the connection: without one, the endpoint counts in its own memory and warns about it. */
export function connectCounters(url: string, { oauth, namespace }: CountersScope): RedisCounters {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  });
  const scope = createHash('sha256')
    .update(JSON.stringify([oauth.apiBaseUrl, oauth.appId, namespace]))
    .digest('base64url')
    .slice(0, 16);
  // The endpoint warns by itself; the message of ioredis would contain the password of the URL.
  client.on('error', () => undefined);
  return {
    store: ({ name, requests, perSeconds }) =>
      new RateLimiterRedis({ storeClient: client, keyPrefix: `coze-chat-${scope}-${name}`, points: requests, duration: perSeconds }),
    close: () => client.disconnect(),
  };
}
