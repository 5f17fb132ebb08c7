/**
 * One of several endpoint instances with rate-limit counters in one Redis, in a process of its own. Its first message is the configuration
 * and is answered with its URL.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { createTokenEndpoint, fromCozeOAuthConfig, type RateLimitOptions, type RateLimitRule } from '../../../src/server/index.js';
import { connectTo } from '../../support/redis.js';

export interface InstanceOrder {
  readonly oauthConfig: object;
  /** Path of the socket; without it the instance counts by itself. */
  readonly redisPath?: string;
  readonly perSubject?: RateLimitRule;
}

process.once('message', ({ oauthConfig, redisPath, perSubject }: InstanceOrder) => {
  const endpoint = createTokenEndpoint({
    oauth: fromCozeOAuthConfig(oauthConfig),
    identify: (request) => ({ id: request.headers.get('cookie')?.replace('session=', '') ?? '' }),
    rateLimit: { ...(perSubject !== undefined && { perSubject }), ...(redisPath !== undefined && { store: createStore(redisPath) }) },
    onEvent: () => undefined,
  });
  const server = createAdaptorServer({ fetch: (request) => endpoint(request) }) as Server;
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/coze/token`));
});

function createStore(redisPath: string): NonNullable<RateLimitOptions['store']> {
  const storeClient = connectTo(redisPath);
  return ({ name, requests, perSeconds }) =>
    new RateLimiterRedis({ storeClient, keyPrefix: `coze-chat-${name}`, points: requests, duration: perSeconds });
}

// Exits when the parent process has gone.
process.once('disconnect', () => process.exit());
