/** One of several gateways with one Redis, in a process of its own. Its first message is the configuration and is answered with its URL. */
import { createServer } from 'node:http';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { type CozeGatewayOptions, createCozeGateway, fromCozeOAuthConfig } from '../../src/server/index.js';
import { listen } from './loopback.js';
import { connectTo, tokenStoreOf } from './redis.js';

export interface GatewayInstanceOrder {
  readonly oauthConfig: object;
  readonly botId: string;
  readonly redisPath: string;
  readonly secret: string;
}

process.once('message', ({ oauthConfig, botId, redisPath, secret }: GatewayInstanceOrder) => {
  const redis = connectTo(redisPath);
  const store: NonNullable<Exclude<CozeGatewayOptions['rateLimit'], false | undefined>['store']> = ({ name, requests, perSeconds }) =>
    new RateLimiterRedis({ storeClient: redis, keyPrefix: `coze-chat-${name}`, points: requests, duration: perSeconds });
  const gateway = createCozeGateway({
    oauth: fromCozeOAuthConfig(oauthConfig),
    bots: [botId],
    secret,
    identify: (request: Request) => ({ id: request.headers.get('cookie') ?? '' }),
    rateLimit: { store },
    tokenStore: tokenStoreOf(redis),
    onEvent: () => undefined,
  });
  const server = createServer((request, response) => void gateway(request, response));
  void listen(server).then((origin) => process.send?.(`${origin}/coze`));
});

// Exits when the parent process has gone.
process.once('disconnect', () => process.exit());
