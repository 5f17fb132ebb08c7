import type { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Quotas } from '../../../../src/server/gateway/quotas.js';
import { createCozeGateway, type RateLimitOptions, type RequestLimiter } from '../../../../src/server/index.js';
import { memoryLimiter } from '../../../../src/server/rate-limit/memory-limiter.js';
import { GATEWAY_SECRET } from '../../../support/gateway-world.js';
import { connectTo, HAS_REDIS, type RunningRedis, startRedis } from '../../../support/redis.js';
import { arrange, json, quickApp, tokenRequest } from '../arrange.js';

function perMinute(requests: number) {
  return { requests, perSeconds: 60 };
}

/** The user is named in the request's cookie, the client address in a header. */
function limited(rateLimit: RateLimitOptions | false, changes: object = {}) {
  const identify = (request: Request) => {
    const user = request.headers.get('cookie');
    return user === null ? null : { id: user };
  };
  const clientAddress = (request: Request) => request.headers.get('x-real-ip') ?? undefined;
  const arranged = arrange({ identify, rateLimit: rateLimit && { clientAddress, ...rateLimit }, ...changes });
  const ask = (user: string | undefined, address?: string) =>
    arranged.endpoint(tokenRequest({ headers: { cookie: user, 'x-real-ip': address } }));
  const statuses = async (times: number, user: string | undefined, address?: string) => {
    const seen: number[] = [];
    for (let asked = 0; asked < times; asked += 1) seen.push((await ask(user, address)).status);
    return seen;
  };
  return { ...arranged, ask, statuses };
}

describe('Rate limit of a visitor', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  it('F24: A visitor over the limit gets 429 with the time to wait, without an exchange', async () => {
    const { ask, statuses, coze, events } = limited({ perSubject: perMinute(3) });
    expect(await statuses(5, 'alice')).toEqual([200, 200, 200, 429, 429]);
    vi.advanceTimersByTime(20_500);
    const response = await ask('alice');
    expect([response.headers.get('retry-after'), (await json(response))['error']]).toEqual(['40', 'rate_limited']);
    expect(coze.seen).toHaveLength(3);
    expect(events.at(-1)).toMatchObject({ status: 429, reason: 'subject_rate_limited', subject: expect.any(String) });
  });

  it('A visitor gets tokens again after the time to wait', async () => {
    const { statuses } = limited({ perSubject: perMinute(1) });
    expect(await statuses(2, 'alice')).toEqual([200, 429]);
    vi.advanceTimersByTime(60_000);
    expect(await statuses(1, 'alice')).toEqual([200]);
  });

  it('A visitor over the limit does not affect other visitors', async () => {
    const { statuses } = limited({ perSubject: perMinute(1) });
    expect(await statuses(2, 'alice')).toEqual([200, 429]);
    expect(await statuses(1, 'bob')).toEqual([200]);
  });

  it('A visitor is limited to 60 requests a minute by default', async () => {
    const { statuses } = limited({});
    expect((await statuses(61, 'alice')).slice(59)).toEqual([200, 429]);
  });

  it('Visitors are not limited with `rateLimit: false`', async () => {
    const { statuses } = limited(false);
    expect(new Set(await statuses(70, 'alice'))).toEqual(new Set([200]));
  });
});

describe('Rate limit of an address', () => {
  it('F24: An address over the limit gets 429 also if nobody is signed in, and other addresses are not affected', async () => {
    const { statuses, events } = limited({ perAddress: perMinute(2) });
    expect(await statuses(3, undefined, '192.0.2.1')).toEqual([401, 401, 429]);
    expect(events.at(-1)).toMatchObject({ reason: 'address_rate_limited' });
    expect(await statuses(1, 'alice', '192.0.2.2')).toEqual([200]);
  });

  it('F24: The client address is not read from headers, which every client can send', async () => {
    const { endpoint } = arrange({ rateLimit: { perAddress: perMinute(1) } });
    const headers = {
      'x-forwarded-for': '192.0.2.1',
      'x-real-ip': '192.0.2.1',
      forwarded: 'for=192.0.2.1',
      'cf-connecting-ip': '192.0.2.1',
    };
    const answers = [await endpoint(tokenRequest({ headers })), await endpoint(tokenRequest({ headers }))];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('The limit of an address counts the requests of all visitors with that address', async () => {
    const { statuses } = limited({ perAddress: perMinute(2) });
    expect([...(await statuses(1, 'alice', '192.0.2.1')), ...(await statuses(2, 'bob', '192.0.2.1'))]).toEqual([200, 200, 429]);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
    ['2001:DB8:0001:2::1', '2001:db8:1:2::2', true],
    ['fe80::1%eth0', 'fe80::2', true],
    ['::ffff:192.0.2.1', '192.0.2.1', true],
    ['::ffff:c000:201', '192.0.2.1', true],
    ['::ffff:192.0.2.1', '::FFFF:C000:0201', true],
    ['::ffff:192.0.2.1:40001', '192.0.2.1', true],
    ['[2001:db8:1:2::1]:40001', '2001:db8:1:2::2', true],
    [' 192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1:40001', '192.0.2.1:40002', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['2001:db8::1', '2001:db8:0:1::1', false],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
    ['::ffff:c000:201', '::ffff:c000:202', false],
    ['::1', '1::', false],
    ['64:ff9b::c000:201', '64:ff9b::c000:202', false],
    ['64:ff9b::192.0.2.1', '192.0.2.1', true],
    ['[64:ff9b:1:fffe::c000:201]:40001', '192.0.2.1', true],
    ['::ffff:0:c000:201', '192.0.2.1', true],
    ['::ffff:0:c000:201', '::ffff:0:c000:202', false],
    ['2002:c000:201::1', '2002:c000:201:ffff::2', true],
    ['2002:c000:201::1', '192.0.2.1', true],
    ['2002:c000:201::1', '2002:c000:202::1', false],
    ['2001:0:4136:e378:8000:63bf:3fff:fdfe', '192.0.2.1', true],
    ['2001:0:4136:e378:8000:63bf:3fff:fdfe', '2001:0:4136:e378:8000:63bf:3fff:fdfd', false],
  ])('The addresses %s and %s count as the same client: %s', async (one, other, isSame) => {
    const { statuses } = limited({ perAddress: perMinute(1) });
    expect([...(await statuses(1, 'alice', one)), ...(await statuses(1, 'alice', other))]).toEqual([200, isSame ? 429 : 200]);
  });

  it.each([undefined, null, ''])('A client address that the host does not know (%j) is not counted', async (unknown) => {
    const { statuses } = limited({ perAddress: perMinute(1), clientAddress: () => unknown });
    expect(await statuses(3, 'alice')).toEqual([200, 200, 200]);
  });

  it.each(['1.2.3.4, 192.0.2.1', '1.2.3.4 192.0.2.1', 'unknown', '_hidden', '1.2.3', '0x7f.1', '1.2.3.256', '::1::', `${'1'.repeat(200)}`])(
    'The text %j, which is not one address, is not counted, and the operator is told once',
    async (address) => {
      const { statuses, events } = limited({ perAddress: perMinute(1), clientAddress: () => address });
      expect(await statuses(3, 'alice')).toEqual([200, 200, 200]);
      expect(events.filter(({ type }) => type === 'warning')).toEqual([
        expect.objectContaining({ code: 'client_address_invalid', message: expect.not.stringContaining(address) }),
      ]);
    },
  );

  it.each([
    [
      'throws',
      () => {
        throw new TypeError('no socket');
      },
    ],
    // An unhandled rejection would end the process, and fails the tests.
    ['is async, and rejects', () => Promise.reject(new TypeError('no socket')) as never],
    ['is async', () => Promise.resolve('192.0.2.1') as never],
  ] as const)('An address is not counted when `clientAddress` %s, and the operator is warned once', async (_, clientAddress) => {
    const { statuses, events } = limited({ perAddress: perMinute(1), clientAddress });
    expect(await statuses(3, 'alice')).toEqual([200, 200, 200]);
    expect(events.filter(({ type }) => type === 'warning')).toEqual([expect.objectContaining({ code: 'client_address_invalid' })]);
  });
});

describe('Rate limits in memory', () => {
  it('F24: The limit holds for many requests at once, and no timer is set', async () => {
    const setTimer = vi.spyOn(globalThis, 'setTimeout');
    const limiter = memoryLimiter(perMinute(60));
    const outcomes = await Promise.allSettled(Array.from({ length: 1000 }, () => limiter.consume('alice')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(60);
    expect(setTimer).not.toHaveBeenCalled();
    setTimer.mockRestore();
  });

  it.each([1, 60, 2_147_484, 30 * 86_400, 366 * 86_400])('A limit counts for %i seconds and then begins again', async (perSeconds) => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    try {
      const limiter = memoryLimiter({ requests: 1, perSeconds });
      const startMs = Date.now();
      await limiter.consume('alice');
      for (const passedMs of [0, 500, perSeconds * 1000 - 1]) {
        vi.advanceTimersByTime(startMs + passedMs - Date.now());
        await expect(limiter.consume('alice')).rejects.toMatchObject({ msBeforeNext: perSeconds * 1000 - passedMs });
      }
      vi.advanceTimersByTime(1);
      await limiter.consume('alice');
    } finally {
      vi.useRealTimers();
    }
  });

  it('No client waits longer than the period of the limit when the clock is set back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const limiter = memoryLimiter(perMinute(1));
      await limiter.consume('alice');
      vi.setSystemTime(Date.now() - 3_600_000);
      await limiter.consume('alice');
      await expect(limiter.consume('alice')).rejects.toMatchObject({ msBeforeNext: 60_000 });
    } finally {
      vi.useRealTimers();
    }
  });

  it('F24: The memory holds ten thousand visitors and drops the one with the oldest request', async () => {
    const limiter = memoryLimiter(perMinute(1));
    const isLimited = (key: string) =>
      limiter.consume(key).then(
        () => false,
        () => true,
      );
    expect([await isLimited('alice'), await isLimited('bob')]).toEqual([false, false]);
    for (let made = 0; made < 9_997; made += 1) await isLimited(`made-up-${made}`);
    expect(await isLimited('alice')).toBe(true);
    for (let made = 10_000; made < 10_002; made += 1) await isLimited(`made-up-${made}`);
    expect([await isLimited('alice'), await isLimited('bob')]).toEqual([true, false]);
  });
});

describe('Rate limits in a store of the host', () => {
  it('The store function gets the name and the rule of each limit', async () => {
    const rules: object[] = [];
    const store: RateLimitOptions['store'] = (rule) => {
      rules.push(rule);
      return { consume: () => Promise.resolve() };
    };
    const { statuses } = limited({ perSubject: perMinute(1), perAddress: { requests: 7, perSeconds: 10 }, store });
    expect(await statuses(2, 'alice')).toEqual([200, 200]);
    expect(rules).toEqual([
      { name: 'subject', requests: 1, perSeconds: 60 },
      { name: 'address', requests: 7, perSeconds: 10 },
    ]);
  });

  it('The keys for the store contain neither user ids nor addresses', async () => {
    const keys: string[] = [];
    const store = (): RequestLimiter => ({ consume: (key) => Promise.resolve(keys.push(key)) });
    await limited({ store }).statuses(1, 'alice', '192.0.2.1');
    expect(keys).toEqual([expect.stringMatching(/^[\w-]{43}$/), expect.stringMatching(/^[\w-]{43}$/)]);
    expect(keys.join()).not.toMatch(/alice|192/);
  });

  it.each<[string, RequestLimiter['consume']]>([
    ['fails', () => Promise.reject(new Error('ECONNREFUSED redis://user:password@host'))],
    ['never answers', () => new Promise(() => undefined)],
    ...[Number.NaN, Infinity, 1e300, '60000'].map((msBeforeNext): [string, RequestLimiter['consume']] => [
      `says to wait for ${msBeforeNext} ms`,
      () => Promise.reject(Object.assign(new Error('no limiter says this'), { msBeforeNext })),
    ]),
  ])('A store that %s is replaced by counting in memory, and the operator is warned once', async (_case, consume) => {
    const { statuses, events } = limited({ perSubject: perMinute(2), store: () => ({ consume }) });
    expect(await statuses(3, 'alice')).toEqual([200, 200, 429]);
    expect(events.filter(({ type }) => type === 'warning')).toEqual([
      expect.objectContaining({ code: 'rate_limit_store_failed', message: expect.not.stringContaining('password') }),
    ]);
  });
});

describe('Slow store', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  /** Each call takes `answersAfterMs`, or as long as its caller waits. No other time passes. */
  function slowStore(answersAfterMs: number) {
    const keys: string[] = [];
    const consume = (key: string): Promise<void> => {
      keys.push(key);
      setImmediate(() => vi.advanceTimersToNextTimer());
      return new Promise((resolve) => setTimeout(resolve, answersAfterMs));
    };
    return { keys, store: () => ({ consume }) };
  }

  it.each([Infinity, 499, 400, 200])(
    'The four counts of a request for a token wait for 500 ms together when each takes %s ms',
    async (answersAfterMs) => {
      const { keys, store } = slowStore(Math.min(answersAfterMs, 1e9));
      const { ask } = limited({ store }, { identify: () => ({ id: 'alice', isNew: true }) });
      const startedMs = Date.now();
      expect((await ask('alice', '192.0.2.1')).status).toBe(200);
      expect(Date.now() - startedMs).toBeLessThanOrEqual(501);
      expect(keys).toHaveLength(4);
    },
  );

  it('Each request waits for the store anew', async () => {
    const { keys, store } = slowStore(200);
    const { statuses, events } = limited({ store });
    expect(await statuses(3, 'alice', '192.0.2.1')).toEqual([200, 200, 200]);
    expect(keys).toHaveLength(6);
    expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
  });

  it('The four counts of a message wait for 500 ms together', async () => {
    const { keys, store } = slowStore(400);
    const limits = { messages: perMinute(10) };
    const quotas = new Quotas({ limits, clientAddress: () => '192.0.2.1', store, warn: () => undefined });
    const startedMs = Date.now();
    await quotas.count({ subject: 'alice', request: new Request('https://site.example'), context: undefined }, 'message');
    expect(Date.now() - startedMs).toBeLessThanOrEqual(501);
    expect(keys).toHaveLength(4);
  });
});

describe.skipIf(!HAS_REDIS)('Rate limits of several instances with a Redis (skipped where no redis-server is installed)', () => {
  it.each<[string, unknown]>([
    ['a promise that rejects', () => Promise.reject(new Error('ECONNREFUSED'))],
    ['a promise of a limiter', () => Promise.resolve({ consume: () => Promise.resolve() })],
    ['an object that counts nothing', () => ({})],
    ['null', () => null],
  ])('A function that returns %s is a configuration error of the endpoint and of the gateway', async (_, store) => {
    const rateLimit = { store } as unknown as RateLimitOptions;
    const message = /rateLimit\.store: must return an object with the function "consume"/;
    expect(() => limited(rateLimit)).toThrow(
      expect.objectContaining({ code: 'invalid_configuration', message: expect.stringMatching(message) }),
    );
    const options = { oauth: quickApp, bots: ['7400'], secret: GATEWAY_SECRET, identify: () => null, rateLimit, onEvent: () => undefined };
    expect(() => createCozeGateway(options)).toThrow(message);
  });
});

describe.skipIf(!HAS_REDIS)('Rate limits of several instances with a Redis (skipped where no redis-server is installed)', () => {
  let server: RunningRedis;
  let redis: Redis;

  beforeAll(async () => {
    server = await startRedis();
    redis = connectTo(server.path);
  });

  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  const instance = () =>
    limited({
      perSubject: perMinute(4),
      store: ({ name, requests, perSeconds }) =>
        new RateLimiterRedis({ storeClient: redis, keyPrefix: `coze-chat-${name}`, points: requests, duration: perSeconds }),
    });

  it('Several instances count the requests of a visitor together', async () => {
    const [one, two, three] = [instance(), instance(), instance()];
    const answers = await Promise.all([...Array(12).keys()].map((turn) => [one, two, three][turn % 3]?.ask('alice')));
    expect(answers.filter((answer) => answer?.status === 200)).toHaveLength(4);
    expect(answers.filter((answer) => answer?.status === 429)).toHaveLength(8);
    expect(await three.statuses(1, 'bob')).toEqual([200]);
  });

  it('An instance continues to limit a visitor when the Redis is killed', async () => {
    const survivor = instance();
    expect(await survivor.statuses(1, 'carol')).toEqual([200]);
    await server.kill();
    expect(await survivor.statuses(5, 'carol')).toEqual([200, 200, 200, 200, 429]);
  }, 20_000);
});
