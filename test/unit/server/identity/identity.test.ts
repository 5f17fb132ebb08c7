import { getRequestListener } from '@hono/node-server';
import { describe, expect, it, vi } from 'vitest';
import { createTokenEndpoint, type Identify, type ProvenUser } from '../../../../src/server/index.js';
import { arrange, json, keyPair, NOW_MS, oauth, tokenRequest } from '../arrange.js';
import { createFakeCoze } from '../coze/fake-coze.js';

async function answerOf(identify: unknown, request = tokenRequest()) {
  const { endpoint, coze, events } = arrange({ identify });
  const response = await endpoint(request);
  return { status: response.status, body: await json(response), exchanges: coze.seen.length, events };
}

async function subjectOf(identity: object, options: object = {}) {
  const { endpoint } = arrange({ ...options, identify: () => identity });
  return (await json(await endpoint(tokenRequest())))['subject'];
}

describe('Identity of a visitor', () => {
  it('`identify` can read the session from the `incoming` request that a server passes beside the request', async () => {
    const endpoint = createTokenEndpoint({
      oauth,
      fetch: createFakeCoze(keyPair, () => NOW_MS).fetch,
      now: () => NOW_MS,
      identify: (_request, _claims, { incoming }) => {
        const { userId } = incoming.session;
        return userId === undefined ? null : { id: String(userId) };
      },
    });
    const statusFor = async (session: object): Promise<number> => (await endpoint(tokenRequest(), { incoming: { session } })).status;
    expect([await statusFor({ userId: 7 }), await statusFor({})]).toEqual([200, 401]);
    expect(getRequestListener(endpoint)).toBeInstanceOf(Function);
  });

  it('F1: The endpoint answers 401 without an exchange when nobody is signed in', async () => {
    const { status, body, exchanges } = await answerOf(() => null);
    expect([status, body['error'], exchanges]).toEqual([401, 'unauthenticated', 0]);
  });

  it('The endpoint answers 401 when a strategy refuses the proof, and reports the reason', async () => {
    const { status, events } = await answerOf(() => ({ refused: 'token_expired' }));
    expect(status).toBe(401);
    expect(events).toEqual([expect.objectContaining({ reason: 'identity_refused', detail: 'token_expired' })]);
  });

  it('Free text as the reason of a strategy is reported as "other"', async () => {
    const { events } = await answerOf(() => ({ refused: 'token eyJhbGciOi… is expired' }));
    expect(events).toEqual([expect.objectContaining({ detail: 'other' })]);
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['an empty object', {}],
    ['a bare string', 'alice'],
    ['an empty id', { id: '' }],
    ['a blank id', { id: ' \t ' }],
    ['an undefined id', { id: undefined }],
    ['a null id', { id: null }],
    ['NaN', { id: NaN }],
    ['a number', { id: 7 }],
    ['a number beyond 2^53', { id: 2 ** 53 + 2 }],
    ['the text undefined', { id: 'undefined' }],
    ['the text null', { id: 'null' }],
    ['the text NaN', { id: 'NaN' }],
    ['a stringified object', { id: '[object Object]' }],
    ['an object', { id: { toString: () => 'alice' } }],
    ['an array', { id: ['alice'] }],
    ['a lone high surrogate', { id: 'a\ud800' }],
    ['a lone low surrogate', { id: '\udc00a' }],
    ['a million characters', { id: 'x'.repeat(1_000_000) }],
    ['more than 1024 bytes', { id: '界'.repeat(342) }],
    ['an empty tenant', { id: 'alice', tenant: '' }],
    ['a null tenant', { id: 'alice', tenant: null }],
    ['a stringified tenant', { id: 'alice', tenant: 'undefined' }],
    ['a cookie with a line break', { id: 'alice', setCookie: 'a=b\r\nx: y' }],
  ])('F3, F4, F5: The endpoint answers 500 without an exchange when `identify` returns %s', async (_case, identity) => {
    const { status, body, exchanges } = await answerOf(() => identity);
    expect([status, body['error'], exchanges]).toEqual([500, 'identity_error', 0]);
  });

  it.each<[string, Identify]>([
    [
      'throws',
      () => {
        throw new Error('session store down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('session store down'))],
  ])('F3: The endpoint answers 500 without an exchange when `identify` %s', async (_case, identify) => {
    const { status, body, exchanges } = await answerOf(identify);
    expect([status, body['error'], exchanges]).toEqual([500, 'identity_error', 0]);
  });

  it('An error of `identify` is reported with its kind and its place, but without its message', async () => {
    const secret = 'alice@example.com';
    const lookAlike = `${secret}\n    at /srv/${secret}.js:1:2`;
    class LoginError extends Error {
      override readonly name = secret;
    }
    const thrown: readonly (readonly [unknown, string, boolean])[] = [
      [new TypeError(secret), 'type_error', true],
      [new RangeError(lookAlike), 'range_error', true],
      [new LoginError(lookAlike), 'error', true],
      [Object.assign(new Error(''), { name: 'constructor' }), 'error', true],
      [Object.assign(new Error(secret), { stack: lookAlike }), 'error', false],
      [Object.assign(new Error(secret), { stack: 7 }), 'error', false],
      [Object.defineProperty(new Error(secret), 'stack', { get: () => expect.unreachable() }), 'error', false],
      [secret, 'no_error', false],
      [undefined, 'no_error', false],
    ];
    for (const [value, detail, hasPlace] of thrown) {
      const { status, events } = await answerOf(() => Promise.reject(value));
      expect([status, events]).toEqual([500, [expect.objectContaining({ reason: 'identify_failed', detail })]]);
      expect(events[0]).toEqual(
        hasPlace
          ? expect.objectContaining({ at: expect.stringMatching(/^identity\.test\.ts:\d+$/) })
          : expect.not.objectContaining({ at: expect.anything() }),
      );
      expect(JSON.stringify(events)).not.toContain(secret);
    }
  });

  it.each(['id', 'tenant', 'setCookie', 'isNew', 'refused'])(
    'The endpoint reports identify_failed when reading %s of the identity throws',
    async (name) => {
      const read = (): never => {
        throw new RangeError('the name of somebody');
      };
      const { status, body, events } = await answerOf(() => Object.defineProperty({ id: 'alice' }, name, { get: read }));
      expect([status, body['error']]).toEqual([500, 'identity_error']);
      expect(events).toEqual([expect.objectContaining({ reason: 'identify_failed', detail: 'range_error' })]);
    },
  );

  it('The endpoint answers 500 when `identify` does not settle within five seconds', async () => {
    vi.useFakeTimers();
    try {
      const pending = answerOf(() => new Promise(() => undefined));
      await vi.advanceTimersByTimeAsync(5000);
      const { status, body, exchanges, events } = await pending;
      expect([status, body['error'], exchanges]).toEqual([500, 'identity_error', 0]);
      expect(events).toEqual([expect.objectContaining({ reason: 'identify_failed', detail: 'timeout' })]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('The endpoint stops waiting for `identify` when the client disconnects', async () => {
    const client = new AbortController();
    const hang = () => {
      queueMicrotask(() => client.abort());
      return new Promise(() => undefined);
    };
    const { status, events } = await answerOf(hang, tokenRequest({ signal: client.signal }));
    expect(status).toBe(503);
    expect(events).toEqual([expect.objectContaining({ reason: 'client_disconnected' })]);
  });

  it('F4: A bigint is the same id as the text of its digits', async () => {
    expect(await subjectOf({ id: 9007199254740993n })).toBe(await subjectOf({ id: '9007199254740993' }));
    expect(await subjectOf({ id: 9007199254740993n })).not.toBe(await subjectOf({ id: 9007199254740992n }));
  });

  it.each([
    ['case', { id: 'alice' }, { id: 'Alice' }],
    ['Unicode composition', { id: 'caf\u00e9' }, { id: 'cafe\u0301' }],
    ['the Kelvin sign', { id: 'K' }, { id: '\u212a' }],
    ['a zero-width joiner', { id: 'alice' }, { id: 'ali\u200dce' }],
    ['writing direction', { id: 'alice' }, { id: '\u202ealice' }],
    ['NUL', { id: 'alice' }, { id: 'alice\0' }],
    ['surrounding space', { id: 'alice' }, { id: 'alice ' }],
    ['tenant', { id: 'alice', tenant: 'acme' }, { id: 'alice', tenant: 'globex' }],
    ['having a tenant', { id: 'alice' }, { id: 'alice', tenant: 'acme' }],
    ['the position of the separator between tenant and id', { id: 'c', tenant: 'a:b' }, { id: 'b:c', tenant: 'a' }],
    ['quotation marks', { id: 'b', tenant: 'a","' }, { id: '","b', tenant: 'a' }],
  ])('F5, F6, F7: Users who differ only in %s have different subjects', async (_case, one, other) => {
    expect(await subjectOf(one)).not.toBe(await subjectOf(other));
  });

  it('F7: With `requireTenant` an identity without a tenant gets 500, and one with a tenant gets a token', async () => {
    const missing = arrange({ requireTenant: true });
    expect((await missing.endpoint(tokenRequest())).status).toBe(500);
    expect([missing.coze.seen.length, missing.events]).toEqual([0, [expect.objectContaining({ detail: 'tenant_missing' })]]);
    const given = arrange({ requireTenant: true, identify: () => ({ id: 'alice', tenant: 'acme' }) });
    expect((await given.endpoint(tokenRequest())).status).toBe(200);
  });

  it('The same user has different subjects in different namespaces', async () => {
    expect(await subjectOf({ id: 'alice' }, { namespace: 'shop' })).not.toBe(await subjectOf({ id: 'alice' }, { namespace: 'help' }));
  });
});

describe('Claims of the browser about the visitor', () => {
  it('A user id in the body that differs from the proven identity gets 403', async () => {
    const { status, body, exchanges } = await answerOf(() => ({ id: 'alice' }), tokenRequest({ body: { user_id: 'bob' } }));
    expect([status, body['error'], exchanges]).toEqual([403, 'identity_mismatch', 0]);
  });

  it('A user id in the body that equals the proven identity is accepted', async () => {
    expect((await answerOf(() => ({ id: 'alice' }), tokenRequest({ body: { user_id: 'alice' } }))).status).toBe(200);
  });

  it('A user id in the body does not sign in a visitor without a proven identity', async () => {
    expect((await answerOf(() => null, tokenRequest({ body: { user_id: 'alice' } }))).status).toBe(401);
  });

  it('`identify` gets the fields of the body as claims', async () => {
    const claims: unknown[] = [];
    const identify: Identify = (_request, claim) => {
      claims.push(claim);
      return null;
    };
    await answerOf(identify, tokenRequest({ body: { user_id: 'alice', identity_token: 'a.b.c', reason: 'expiring' } }));
    await answerOf(identify, tokenRequest({ body: { user_id: null, reason: 'whatever comes next' } }));
    expect(claims).toEqual([{ userId: 'alice', identityToken: 'a.b.c', reason: 'expiring' }, { reason: 'initial' }]);
  });

  it.each<[string, Parameters<typeof tokenRequest>[0]]>([
    ['headers', { headers: { 'x-user-id': 'bob', authorization: 'Bearer bob' } }],
    ['the query', { url: 'https://site.example/api/coze/token?user_id=bob&session_name=bob' }],
    ['the query, twice', { url: 'https://site.example/api/coze/token?user_id=alice&user_id=bob&user_id[]=bob' }],
    ['a header given twice', { headers: { 'x-user-id': 'alice, bob' } }],
    ['a key of the body given twice', { body: '{"user_id":"bob","user_id":"alice","session_name":"alice","session_name":"bob"}' }],
    ['other keys of the body', { body: '{"session_name":"bob","userId":"bob","id":"bob","__proto__":{"user_id":"bob"}}' }],
  ])('F2: A user id in %s does not change the subject', async (_case, changes) => {
    const { body } = await answerOf(() => ({ id: 'alice' }), tokenRequest(changes));
    expect(body['subject']).toBe(await subjectOf({ id: 'alice' }));
  });

  it('With `trustClientIdentity` the user id in the body is the identity', async () => {
    const { endpoint } = arrange({ trustClientIdentity: true });
    expect((await json(await endpoint(tokenRequest({ body: { user_id: 'bob' } }))))['subject']).toBe(await subjectOf({ id: 'bob' }));
    expect((await endpoint(tokenRequest())).status).toBe(401);
    expect((await endpoint(tokenRequest({ body: { user_id: 'undefined' } }))).status).toBe(500);
  });
});

describe('Session name function of the host', () => {
  it('A `sessionName` function replaces the default session name', async () => {
    const { endpoint, coze } = arrange({
      identify: () => ({ id: 7n, tenant: 'acme' }),
      sessionName: ({ tenant, id }: ProvenUser) => `${tenant}-${id}`,
    });
    await endpoint(tokenRequest());
    expect(coze.seen[0]?.claims['session_name']).toBe('acme-7');
  });

  it.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['an empty name', () => ''],
    ['a placeholder', () => 'undefined'],
    ['a bigint', () => 7n],
    ['ill-formed text', () => '\ud800'],
    [
      'an error',
      () => {
        throw new Error('no such user');
      },
    ],
  ])('The endpoint answers 500 without an exchange when `sessionName` yields %s', async (_case, sessionName) => {
    const { endpoint, coze } = arrange({ sessionName });
    const response = await endpoint(tokenRequest());
    expect([response.status, (await json(response))['error'], coze.seen.length]).toEqual([500, 'identity_error', 0]);
  });

  it('The endpoint answers 500 without an exchange when `sessionName` does not settle within five seconds', async () => {
    vi.useFakeTimers();
    try {
      const { endpoint, coze, events } = arrange({ sessionName: () => new Promise(() => undefined) });
      const pending = endpoint(tokenRequest());
      await vi.advanceTimersByTimeAsync(5000);
      expect([(await pending).status, coze.seen.length]).toEqual([500, 0]);
      expect(events).toEqual([expect.objectContaining({ reason: 'session_name_unusable', detail: 'timeout' })]);
    } finally {
      vi.useRealTimers();
    }
  });
});
