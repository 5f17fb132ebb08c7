import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { arrange, json, NOW_MS, NOW_SECONDS, tokenRequest } from '../arrange.js';
import { type CozeBehaviour, cozeErrorAnswer, cozeTokenAnswer, hang } from './fake-coze.js';

async function answerOf(coze: CozeBehaviour) {
  const arranged = arrange({ coze });
  const response = await arranged.endpoint(tokenRequest());
  return {
    status: response.status,
    headers: response.headers,
    body: await json(response),
    attempts: arranged.coze.seen.length,
    ...arranged,
  };
}

describe('Token that Coze issues', () => {
  it('The expiry of a token can be an absolute time, as Coze documents it', async () => {
    const { body } = await answerOf(() => cozeTokenAnswer('czs_token_1', NOW_SECONDS + 1234));
    expect(body).toMatchObject({ access_token: 'czs_token_1', expires_in: 1234, expires_at: NOW_SECONDS + 1234 });
  });

  it('The expiry of a token can be a duration', async () => {
    const { body } = await answerOf(() => cozeTokenAnswer('czs_token_1', 1234));
    expect(body).toMatchObject({ expires_in: 1234, expires_at: NOW_SECONDS + 1234 });
  });

  it('The lifetime of a token is computed with Coze’s clock if the server’s clock is wrong', async () => {
    const tenMinutesAhead = NOW_SECONDS + 600;
    const date = new Date(tenMinutesAhead * 1000).toUTCString();
    const { body } = await answerOf(() => cozeTokenAnswer('czs_token_1', tenMinutesAhead + 900, { date }));
    expect(body).toMatchObject({ expires_in: 900, expires_at: tenMinutesAhead + 900 });
  });

  it('The lifetime of a token is not shortened by a Date that is too far ahead to be Coze’s', async () => {
    const date = new Date((NOW_SECONDS + 1200) * 1000).toUTCString();
    const { body } = await answerOf(() => cozeTokenAnswer('czs_token_1', NOW_SECONDS + 1800, { date }));
    expect(body).toMatchObject({ expires_in: 1800, expires_at: NOW_SECONDS + 1800 });
  });

  it.each<[string, Response]>([
    ['has expired', cozeTokenAnswer('czs_token_1', NOW_SECONDS - 1)],
    ['expires at this moment', cozeTokenAnswer('czs_token_1', NOW_SECONDS)],
    ['lives for two days', cozeTokenAnswer('czs_token_1', NOW_SECONDS + 172_800)],
    ['expires in milliseconds', cozeTokenAnswer('czs_token_1', NOW_MS)],
    ['is a personal access token', cozeTokenAnswer('pat_token_1', NOW_SECONDS + 900)],
    ['is a service access token', cozeTokenAnswer('SAT_token_1', NOW_SECONDS + 900)],
    ['is empty', cozeTokenAnswer('', NOW_SECONDS + 900)],
    ['has a line break', cozeTokenAnswer('czs_token\r\nx: y', NOW_SECONDS + 900)],
    ['has a space', cozeTokenAnswer('Bearer czs_token_1', NOW_SECONDS + 900)],
    ['is endless', cozeTokenAnswer(`czs_${'x'.repeat(20_000)}`, NOW_SECONDS + 900)],
    ['has no expiry', Response.json({ access_token: 'czs_token_1' })],
    ['has an expiry that is a text', Response.json({ access_token: 'czs_token_1', expires_in: 'soon' })],
    ['has a negative expiry', cozeTokenAnswer('czs_token_1', -5)],
    ['is HTML', new Response('<html>log in</html>')],
    ['is missing because the body is empty', new Response('')],
    ['is null', new Response('null')],
    ['is a redirect', new Response(null, { status: 302, headers: { location: 'https://evil.example' } })],
    [
      'comes with 70 kB of something else',
      Response.json({ access_token: 'czs_token_1', expires_in: NOW_SECONDS + 900, padding: 'x'.repeat(70_000) }),
    ],
    ['is not UTF-8', new Response(new Uint8Array([0xff, 0xfe]))],
  ])('F18, F28: The endpoint answers 502 without a token when the token of Coze %s', async (_case, response) => {
    const { status, body, attempts } = await answerOf(() => response.clone());
    expect([status, body['error'], attempts]).toEqual([502, 'upstream_invalid', 1]);
  });
});

describe('Errors of Coze', () => {
  it.each<[string, () => Response, number, string, string | undefined]>([
    ['an unknown key', () => cozeErrorAnswer(401, 'invalid_client'), 500, 'upstream_rejected', 'invalid_client'],
    ['a deactivated app', () => cozeErrorAnswer(403, 'access_deny'), 500, 'upstream_rejected', 'access_deny'],
    ['a bad parameter', () => cozeErrorAnswer(400, 'invalid_request'), 500, 'upstream_rejected', 'invalid_request'],
    ['an unsupported grant', () => cozeErrorAnswer(400, 'unsupported_grant_type'), 500, 'upstream_rejected', 'unsupported_grant_type'],
    ['an undocumented error name', () => cozeErrorAnswer(400, 'teapot czs_secret'), 500, 'upstream_rejected', 'other'],
    ['a code in a 200', () => Response.json({ code: 4101, msg: 'The token you entered is incorrect.' }), 500, 'upstream_rejected', '4101'],
    [
      'a code in a 401',
      () => Response.json({ code: 700012006, msg: 'access token invalid' }, { status: 401 }),
      500,
      'upstream_rejected',
      '700012006',
    ],
    ['HTML with 403', () => new Response('<html>WAF</html>', { status: 403 }), 500, 'upstream_rejected', undefined],
    [
      'a code beside a token',
      () => Response.json({ code: 4101, access_token: 'czs_token_1', expires_in: NOW_SECONDS + 900 }),
      500,
      'upstream_rejected',
      '4101',
    ],
  ])('F17: An error of Coze such as %s is reported to the operator and not retried', async (_case, response, status, error, code) => {
    const answer = await answerOf(response);
    expect([answer.status, answer.body['error'], answer.attempts]).toEqual([status, error, 1]);
    expect(answer.events).toEqual([
      expect.objectContaining({ reason: 'coze_rejected', upstream: expect.objectContaining(code ? { code } : {}) }),
    ]);
  });

  it('The event about an error of Coze contains Coze’s log id', async () => {
    const { events } = await answerOf(() => cozeErrorAnswer(401, 'invalid_client', '', { 'x-tt-logid': '20250816ABCDEF0123456789' }));
    expect(events).toEqual([
      expect.objectContaining({ upstream: { status: 401, code: 'invalid_client', logId: '20250816ABCDEF0123456789' } }),
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['in seconds', { 'retry-after': '17' }, '17'],
    ['as a date', { date: 'Sun, 23 Nov 2025 12:00:00 GMT', 'retry-after': 'Sun, 23 Nov 2025 12:00:30 GMT' }, '30'],
    ['absurdly long', { 'retry-after': '999999999' }, '900'],
    ['in the past', { 'retry-after': '0' }, '1'],
    ['as text that is neither a number nor a date', { 'retry-after': 'soon' }, '1'],
    ['not at all', {}, '1'],
  ])(
    'F17: A rate limit of Coze becomes 503 with a valid Retry-After when Coze’s Retry-After is given %s',
    async (_case, headers, retryAfter) => {
      const answer = await answerOf(() => cozeErrorAnswer(429, 'too_many', 'slow down', headers));
      expect([answer.status, answer.body['error'], answer.attempts]).toEqual([503, 'upstream_unavailable', 1]);
      expect(answer.headers.get('retry-after')).toBe(retryAfter);
    },
  );

  it('A rate limit of Coze in a response with status 200 becomes 503', async () => {
    expect(await answerOf(() => Response.json({ code: 4009, msg: 'limit' }))).toMatchObject({ status: 503, attempts: 1 });
  });
});

describe('Temporary failures of Coze', () => {
  const failures: readonly [string, CozeBehaviour][] = [
    ['a refused connection', () => Promise.reject(new TypeError('fetch failed'))],
    ['a 500', () => new Response('oops', { status: 500 })],
    ['a 502 with HTML', () => new Response('<html>', { status: 502 })],
    ['an internal_error', () => cozeErrorAnswer(400, 'internal_error')],
    ['a body that breaks off', () => new Response(new ReadableStream({ start: (controller) => controller.error(new Error('reset')) }))],
  ];

  it.each(failures)('F14, F17: The exchange is tried once more, with a new assertion, after %s', async (_case, failure) => {
    const { status, coze, attempts } = await answerOf((seen, attempt) =>
      attempt === 1 ? failure(seen, attempt) : cozeTokenAnswer('czs_second', NOW_SECONDS + 900),
    );
    expect([status, attempts]).toEqual([200, 2]);
    expect(new Set(coze.seen.map(({ claims }) => claims.jti)).size).toBe(2);
  });

  it.each(failures)('The endpoint answers 503 when both attempts end with %s', async (_case, failure) => {
    const { status, body, attempts } = await answerOf(failure);
    expect([status, body['error'], attempts]).toEqual([503, 'upstream_unavailable', 2]);
  });
});

describe('Time limit of an exchange', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const slowBody: CozeBehaviour = () =>
    new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array([123])) }));
  const deaf: CozeBehaviour = () => new Promise(() => undefined);

  /** Resolves when the behaviour has been called for the n-th time; only then are there timers to advance. */
  const reached = (behaviour: CozeBehaviour, attempts = 1) => {
    let arrived = (): void => undefined;
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const watched: CozeBehaviour = (seen, attempt) => {
      if (attempt === attempts) arrived();
      return behaviour(seen, attempt);
    };
    return { watched, arrival };
  };

  it.each<[string, CozeBehaviour]>([
    ['headers do not come', hang],
    ['the body does not come', slowBody],
    ['a fetch does not listen to its signal', deaf],
  ])('F17: An exchange ends with 504 after eight seconds when %s', async (_case, behaviour) => {
    const { watched, arrival } = reached(behaviour);
    const answered = vi.fn();
    const pending = answerOf(watched).finally(answered);
    await arrival;
    await vi.advanceTimersByTimeAsync(7999);
    expect(answered).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await pending).toMatchObject({ status: 504, body: { error: 'upstream_timeout' }, attempts: 1 });
  });

  it('F17: The limit of eight seconds covers both attempts of an exchange', async () => {
    const failAfterFiveSeconds: CozeBehaviour = async (seen, attempt) => {
      if (attempt === 2) return hang(seen);
      await vi.advanceTimersByTimeAsync(5000);
      return new Response('', { status: 500 });
    };
    const { watched, arrival } = reached(failAfterFiveSeconds, 2);
    const pending = answerOf(watched);
    await arrival;
    await vi.advanceTimersByTimeAsync(3000);
    expect(await pending).toMatchObject({ status: 504, attempts: 2 });
  });

  it('A finished exchange leaves no timer behind', async () => {
    const { endpoint } = arrange({ rateLimit: false });
    expect((await endpoint(tokenRequest())).status).toBe(200);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('F26: An exchange is aborted when the client disconnects', async () => {
  const client = new AbortController();
  const { endpoint, coze, events } = arrange({ coze: hang });
  const pending = endpoint(tokenRequest({ signal: client.signal }));
  await vi.waitFor(() => expect(coze.seen).toHaveLength(1));
  client.abort();
  expect((await pending).status).toBe(503);
  expect(coze.seen[0]?.init.signal?.aborted).toBe(true);
  expect(events).toEqual([expect.objectContaining({ reason: 'client_disconnected' })]);
});
