/** Several gateways with one Redis: which of Coze's tokens they share, and that the Redis reveals none. */
import type { Server } from 'node:http';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../../demo/coze-stand-in/index.js';
import type { Timers } from '../../../../src/core/clock.js';
import { lazyKeys } from '../../../../src/server/gateway/derived-keys.js';
import { type HeldToken, SharedTokens } from '../../../../src/server/gateway/upstream/shared-tokens.js';
import { createCozeGateway, type OperatorEvent } from '../../../../src/server/index.js';
import { GATEWAY_SECRET, GatewayClient, gatewayOptions, serveGateway } from '../../../support/gateway-world.js';
import { close } from '../../../support/loopback.js';
import { connectTo, HAS_REDIS, type RunningRedis, startRedis, tokenStoreOf } from '../../../support/redis.js';
import { startSharedApp } from '../../../support/stand-in.js';

describe.skipIf(!HAS_REDIS)('Gateways that share a Redis (skipped where no redis-server is installed)', () => {
  let coze: CozeStandIn;
  let redis: RunningRedis;
  let client: Redis;
  let servers: Server[] = [];
  let events: OperatorEvent[] = [];
  let nowMs = Date.now();
  /** The session names for which instances of {@link createInstance} have exchanged. */
  let exchanged: string[] = [];
  beforeAll(async () => {
    [coze, redis] = await Promise.all([startSharedApp({ now: () => nowMs }), startRedis()]);
    client = connectTo(redis.path);
  });
  afterEach(async () => {
    await Promise.all(servers.map(close));
    [servers, events, exchanged, nowMs] = [[], [], [], Date.now()];
    coze.resetFaults();
    coze.clearRequests();
    await client.flushall();
  });
  afterAll(async () => {
    client.disconnect();
    await Promise.all([redis.stop(), coze.stop()]);
  });

  /** Gateways with separate memory. @returns a visitor's client for each of them */
  async function startGateways(count: number, secret = GATEWAY_SECRET): Promise<readonly string[]> {
    // A gateway of an earlier test may still be storing a token when the next test ends the Redis: its warning is not of this test.
    const ofThisTest = events;
    const options = () =>
      gatewayOptions(coze, { secret, tokenStore: tokenStoreOf(client), now: () => nowMs, onEvent: (event) => ofThisTest.push(event) });
    const started = await Promise.all(Array.from({ length: count }, () => serveGateway(options())));
    servers.push(...started.map(({ server }) => server));
    return started.map(({ url }) => url);
  }

  async function signIn(urls: readonly string[], id: string): Promise<readonly GatewayClient[]> {
    const { token, subject } = await GatewayClient.signIn(urls[0] ?? '', id);
    return urls.map((url) => new GatewayClient(url, token, subject));
  }

  /**
   * The part of an instance that shares its tokens. It polls the store as soon as the store has responded, and no time passes: the number
   * of exchanges depends only on what the instances tell each other. Real instances wait for another one for two seconds.
   */
  function createInstance() {
    const timers: Timers = { set: (callback, delayMs) => (delayMs < 100 && setImmediate(callback), () => undefined) };
    const { add, ...store } = tokenStoreOf(client);
    const shared = new SharedTokens({
      store: { ...store, add: (name, value) => add(name, value, 600_000) },
      keys: lazyKeys([new TextEncoder().encode(GATEWAY_SECRET)]),
      audience: 'audience',
      now: () => nowMs,
      timers,
      warn: (warning) => expect.unreachable(warning.message),
    });
    return {
      obtain: (wanted: Parameters<SharedTokens['obtain']>[0]) =>
        shared.obtain(wanted, async () => {
          const value = `token-${exchanged.push(wanted.sessionName)}`;
          for (let turn = 0; turn < 5; turn += 1) await client.ping();
          return { value, lifeMs: 3_600_000, obtainedAtMs: nowMs };
        }),
    };
  }

  const exchanges = () => coze.requests.filter(({ path }) => path.endsWith('/oauth2/token')).length;
  const bots = (clients: readonly GatewayClient[]) =>
    Promise.all(clients.map(async (one) => (await one.call('GET', `/v1/conversations?bot_id=${coze.botId}`)).status));
  const storedTokens = async () => {
    const names = await client.keys('*');
    return Promise.all(names.map(async (name) => [name, (await client.get(name)) ?? ''] as const));
  };

  it('Instances exchange once for each visitor who comes to all of them at once', async () => {
    const instances = Array.from({ length: 3 }, createInstance);
    const obtained = await Promise.all(
      ['alice', 'bob'].flatMap((sessionName) =>
        [...instances, ...instances].map((instance) => instance.obtain({ sessionName, rejected: undefined, isAcceptable: () => true })),
      ),
    );
    expect(new Set(obtained.slice(0, 6).map(({ value }) => value)).size).toBe(1);
    expect(new Set(obtained.slice(6).map(({ value }) => value)).size).toBe(1);
    // The Redis decides which of the two is first.
    expect(exchanged.toSorted()).toEqual(['alice', 'bob']);
  });

  it('Instances exchange once for a token that is too old or was rejected', async () => {
    const instances = Array.from({ length: 3 }, createInstance);
    const obtain = (isAcceptable: (token: HeldToken) => boolean, rejected?: string) =>
      Promise.all(instances.map((instance) => instance.obtain({ sessionName: 'alice', rejected, isAcceptable })));
    const [first] = await obtain(() => true);
    const [second] = await obtain(({ value }) => value !== first?.value);
    const third = await obtain(({ value }) => value !== first?.value && value !== second?.value, second?.value);
    expect(new Set([first, second, ...third].map((token) => token?.value)).size).toBe(3);
    expect(exchanged).toEqual(['alice', 'alice', 'alice']);
  });

  it('All gateways answer visitors who come to all of them at once', async () => {
    const urls = await startGateways(3);
    const visitors = await Promise.all(['alice', 'bob'].map((id) => signIn(urls, id)));
    expect(await bots([...visitors.flat(), ...visitors.flat()])).toEqual(Array(12).fill(200));
    expect(new Set(coze.requests.map(({ sessionName }) => sessionName)).size).toBe(2);
  });

  it('Gateways renew a token before it expires, while the present one is still used', async () => {
    const clients = await signIn(await startGateways(3), 'alice');
    await bots(clients);
    nowMs += 31 * 60_000;
    const later = await signIn(
      clients.map(({ url }) => url),
      'alice',
    );
    expect(await bots(later)).toEqual([200, 200, 200]);
    await expect.poll(exchanges).toBeGreaterThan(1);
    await expect
      .poll(async () => (await bots(later), new Set(coze.requests.slice(-3).map(({ token }) => token))))
      .toEqual(new Set(['valid']));
  });

  it('Gateways replace a token that Coze has rejected', async () => {
    const clients = await signIn(await startGateways(3), 'alice');
    await bots(clients);
    coze.expireTokens();
    expect(await bots(clients)).toEqual([200, 200, 200]);
  });

  it('The Redis contains no token, secret, subject or session name, and each entry expires', async () => {
    const clients = await signIn(await startGateways(2), 'CANARY-of-alice');
    await bots(clients);
    await expect.poll(async () => (await storedTokens()).length).toBe(2);
    const stored = JSON.stringify(await storedTokens());
    const sessionNames = coze.requests.flatMap(({ sessionName }) => sessionName ?? []);
    expect(sessionNames.length).toBeGreaterThan(0);
    for (const secret of ['CANARY', 'czs_', GATEWAY_SECRET, clients[0]?.token ?? '-', clients[0]?.subject ?? '-', ...sessionNames]) {
      expect(stored).not.toContain(secret);
    }
    for (const [name] of await storedTokens()) expect(await client.pttl(name)).toBeGreaterThan(0);
  });

  it('A visitor does not get a token that was copied to their entry from the entry of another', async () => {
    const first = await startGateways(1);
    const [alice] = await signIn(first, 'alice');
    await bots(alice === undefined ? [] : [alice]);
    await expect.poll(async () => (await storedTokens()).length).toBe(2);
    const [ofAlice] = (await storedTokens()).filter(([, value]) => value.startsWith('ey'));
    await signIn(first, 'bob').then(bots);
    await expect.poll(async () => (await storedTokens()).filter(([, value]) => value.startsWith('ey')).length).toBe(2);
    for (const [name, value] of await storedTokens()) {
      if (value.startsWith('ey')) await client.set(name, ofAlice?.[1] ?? '');
      else await client.del(name);
    }
    coze.clearRequests();
    const [bob] = await signIn(await startGateways(1), 'bob');
    await bob?.begin(coze.botId);
    expect(exchanges()).toBe(1);
    const { sessionName } = coze.requests.find(({ path }) => path === '/v1/conversation/create') ?? {};
    const own = coze.requests.find(({ path }) => path.endsWith('/oauth2/token'))?.sessionName;
    expect(sessionName).toBe(own);
  });

  it('Gateways with different secrets share no tokens', async () => {
    const [one] = await signIn(await startGateways(1), 'alice');
    const [other] = await signIn(await startGateways(1, 'another secret of another site, of thirty-two bytes'), 'alice');
    expect(await bots([one, other].filter((client) => client !== undefined))).toEqual([200, 200]);
    expect(exchanges()).toBe(2);
  });

  it('Without the Redis each gateway exchanges for itself and warns once, and they share again when it is back', async () => {
    const urls = await startGateways(2);
    await redis.kill();
    const alice = await signIn(urls, 'alice');
    expect(await bots([...alice, ...alice])).toEqual([200, 200, 200, 200]);
    expect(exchanges()).toBe(2);
    const warnings = () => events.filter((event) => event.type === 'warning');
    expect(warnings().map(({ code }) => code)).toEqual(['token_store_failed', 'token_store_failed']);
    await redis.restart();
    await client.ping();
    // One of them notices that it is back.
    await signIn(urls.slice(0, 1), 'carol').then(bots);
    coze.clearRequests();
    await signIn(urls, 'dave').then(bots);
    expect(exchanges()).toBe(1);
    expect(warnings()).toHaveLength(2);
  });
});

it('A gateway waits two seconds at most for the exchange of another one, however slowly the store answers', async () => {
  let nowMs = 0;
  const answer = <T>(value: T): Promise<T> => {
    nowMs += 400;
    return Promise.resolve(value);
  };
  const shared = new SharedTokens({
    store: { get: () => answer(null), set: () => answer(undefined), add: () => answer(false) },
    keys: lazyKeys([new TextEncoder().encode(GATEWAY_SECRET)]),
    audience: 'audience',
    now: () => nowMs,
    timers: {
      set: (callback, delayMs) => {
        if (delayMs < 100) setImmediate(() => ((nowMs += delayMs), callback()));
        return () => undefined;
      },
    },
    warn: (warning) => expect.unreachable(warning.message),
  });
  const exchange = (): Promise<HeldToken> => Promise.resolve({ value: 'own', lifeMs: 3_600_000, obtainedAtMs: nowMs });
  const { obtainedAtMs } = await shared.obtain({ sessionName: 'alice', rejected: undefined, isAcceptable: () => true }, exchange);
  expect(obtainedAtMs).toBeLessThan(3_000);
});

it('createCozeGateway() throws for a token store without the required functions', () => {
  const options = { oauth: { appId: '1', keyId: '1', privateKey: 'x' }, bots: ['1'], secret: GATEWAY_SECRET, identify: () => null };
  expect(() => createCozeGateway({ ...options, tokenStore: { get: () => null } } as never)).toThrow(/tokenStore: must have the functions/);
});
