import { createPrivateKey, sign as signWithNode } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import type { OperatorEvent } from '../../../../src/server/index.js';
import { arrange, json, keyPair, NOW_MS, NOW_SECONDS, oauth, tokenRequest } from '../arrange.js';
import { type CozeBehaviour, cozeErrorAnswer, cozeTokenAnswer, makeKeyPair, type SeenExchange } from '../coze/fake-coze.js';

const withoutKey = { appId: oauth.appId, keyId: oauth.keyId, apiBaseUrl: oauth.apiBaseUrl };
function keyIdOf({ assertion }: SeenExchange) {
  return decodeProtectedHeader(assertion).kid;
}
function warnings(events: readonly OperatorEvent[]) {
  return events.flatMap((event) => (event.type === 'warning' ? [event.code] : []));
}

describe('a key in a KMS', () => {
  const kms = (bytes: Uint8Array) => Promise.resolve(new Uint8Array(signWithNode('sha256', bytes, createPrivateKey(keyPair.privateKey))));

  it('signs the same assertion as a key of our own', async () => {
    const { endpoint, coze } = arrange({ oauth: { ...withoutKey, sign: kms } });
    await endpoint.ready();
    expect((await endpoint(tokenRequest())).status).toBe(200);
    const { payload, protectedHeader } = await coze.verify(coze.seen[0]?.assertion ?? '', { currentDate: new Date(NOW_MS) });
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'kid-one' });
    expect(payload).toMatchObject({ iss: 'app-1', aud: 'api.coze.cn', exp: NOW_SECONDS + 570 });
  });

  it.each<[string, () => unknown]>([
    ['fails', () => Promise.reject(new Error('AccessDenied'))],
    [
      'throws',
      () => {
        throw new Error('AccessDenied');
      },
    ],
    ['answers base64', () => Promise.resolve('c2lnbmF0dXJl')],
    ['answers a digest', () => Promise.resolve(new Uint8Array(32))],
  ])('that %s ends in a 500, with nothing sent', async (_case, sign) => {
    const { endpoint, coze, events } = arrange({ oauth: { ...withoutKey, sign } });
    const response = await endpoint(tokenRequest());
    expect([response.status, (await json(response))['error'], coze.seen.length]).toEqual([500, 'server_error', 0]);
    expect(events).toEqual([expect.objectContaining({ reason: 'signing_failed' })]);
  });

  it('that hangs is given up within the budget', async () => {
    vi.useFakeTimers();
    let asked = (): void => undefined;
    const reached = new Promise<void>((resolve) => (asked = resolve));
    const sign = () => {
      asked();
      return new Promise(() => undefined);
    };
    try {
      const { endpoint } = arrange({ oauth: { ...withoutKey, sign } });
      const pending = endpoint(tokenRequest());
      await reached;
      await vi.advanceTimersByTimeAsync(8000);
      expect((await pending).status).toBe(504);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    ['neither a key nor a signer', withoutKey],
    ['both a key and a signer', { ...oauth, sign: kms }],
    ['a fallback without a key', { ...oauth, fallbackKey: { keyId: 'kid-two' } }],
  ])('is refused where the server starts with %s', (_case, app) => {
    expect(() => arrange({ oauth: app })).toThrow(/privateKey: give either/);
  });
});

describe('two keys', () => {
  const second = makeKeyPair('kid-two');
  const rotating = { ...oauth, fallbackKey: { keyId: second.keyId, privateKey: second.privateKey } };
  const accepting =
    (...keyIds: readonly string[]): CozeBehaviour =>
    (seen) =>
      keyIds.includes(String(keyIdOf(seen))) ? cozeTokenAnswer('czs_token_1', NOW_SECONDS + 900) : cozeErrorAnswer(401, 'invalid_client');

  it('are a matter of the first as long as Coze takes it', async () => {
    const { endpoint, coze, events } = arrange({ oauth: rotating, coze: accepting('kid-one', 'kid-two') });
    await endpoint(tokenRequest());
    expect([coze.seen.map(keyIdOf), warnings(events)]).toEqual([['kid-one'], []]);
  });

  it('F13: let nobody notice that the first has been deleted', async () => {
    const { endpoint, coze, events } = arrange({ oauth: rotating, coze: accepting('kid-two') });
    const statuses = [(await endpoint(tokenRequest())).status, (await endpoint(tokenRequest())).status];
    expect(statuses).toEqual([200, 200]);
    expect(coze.seen.map(keyIdOf)).toEqual(['kid-one', 'kid-two', 'kid-two']);
    expect(new Set(coze.seen.map(({ claims }) => claims.jti)).size).toBe(3);
    expect(warnings(events)).toEqual(['fallback_key_used']);
  });

  it('go back to the first when the second is refused later', async () => {
    let accepted = 'kid-two';
    const { endpoint, coze } = arrange({ oauth: rotating, coze: (seen, attempt) => accepting(accepted)(seen, attempt) });
    await endpoint(tokenRequest());
    accepted = 'kid-one';
    expect((await endpoint(tokenRequest())).status).toBe(200);
    expect(coze.seen.map(keyIdOf)).toEqual(['kid-one', 'kid-two', 'kid-two', 'kid-one']);
  });

  it('F13: are both tried once when both are refused', async () => {
    const { endpoint, coze, events } = arrange({ oauth: rotating, coze: accepting() });
    expect((await endpoint(tokenRequest())).status).toBe(500);
    expect([coze.seen.map(keyIdOf), warnings(events)]).toEqual([['kid-one', 'kid-two'], []]);
  });

  it('are not spent on an error that no key can mend', async () => {
    const { endpoint, coze } = arrange({ oauth: rotating, coze: () => cozeErrorAnswer(403, 'access_deny') });
    await endpoint(tokenRequest());
    expect(coze.seen.map(keyIdOf)).toEqual(['kid-one']);
  });

  it('serve a hundred requests that meet the rotation at once', async () => {
    const { endpoint, events } = arrange({ oauth: rotating, coze: accepting('kid-two'), rateLimit: false });
    const answers = await Promise.all(Array.from({ length: 100 }, () => endpoint(tokenRequest())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(warnings(events)).toEqual(['fallback_key_used']);
  });

  it('are both checked where the server starts', () => {
    expect(() => arrange({ oauth: { ...oauth, fallbackKey: { keyId: 'kid-two', privateKey: 'nonsense' } } })).toThrow(
      /oauth\.fallbackKey\.privateKey/,
    );
  });
});

describe('a host whose clock is wrong', () => {
  /** Coze with a correct clock, which rejects assertions that are not dated now. */
  const strictAbout =
    (cozeSeconds: number): CozeBehaviour =>
    ({ claims }) => {
      const date = new Date(cozeSeconds * 1000).toUTCString();
      const isNow = Number(claims.iat) <= cozeSeconds + 5 && Number(claims.exp) > cozeSeconds;
      return isNow
        ? cozeTokenAnswer('czs_token_1', cozeSeconds + 900, { date })
        : cozeErrorAnswer(401, 'invalid_client', 'expired', { date });
    };

  it.each([
    ['an hour behind', 3600],
    ['ten minutes behind', 600],
    ['ten minutes ahead', -600],
    ['a day ahead', -86_400],
  ])('F15: %s gets tokens after one refusal, and the right expiry', async (_case, offset) => {
    const { endpoint, coze, events } = arrange({ coze: strictAbout(NOW_SECONDS + offset) });
    const body = await json(await endpoint(tokenRequest()));
    expect(body).toMatchObject({ expires_in: 900, expires_at: NOW_SECONDS + offset + 900 });
    expect(warnings(events)).toEqual(['clock_corrected']);

    expect((await endpoint(tokenRequest())).status).toBe(200);
    expect(coze.seen).toHaveLength(3);
    expect(coze.seen.map(({ claims }) => Number(claims.iat) - NOW_SECONDS)).toEqual([-30, offset - 30, offset - 30]);
  });

  it('F15: is corrected for the one attempt only when that is refused all the same', async () => {
    const date = new Date((NOW_SECONDS + 3600) * 1000).toUTCString();
    const { endpoint, coze, events } = arrange({ coze: () => cozeErrorAnswer(401, 'invalid_client', '', { date }) });
    expect((await endpoint(tokenRequest())).status).toBe(500);
    expect([coze.seen.length, warnings(events)]).toEqual([2, []]);
  });

  it('is left alone when the refusal has another reason', async () => {
    const date = new Date((NOW_SECONDS + 10) * 1000).toUTCString();
    const { endpoint, coze, events } = arrange({ coze: () => cozeErrorAnswer(401, 'invalid_client', '', { date }) });
    expect((await endpoint(tokenRequest())).status).toBe(500);
    expect([coze.seen.length, warnings(events)]).toEqual([1, []]);
  });

  it('is left alone as long as Coze accepts its assertions', async () => {
    const date = new Date((NOW_SECONDS + 3600) * 1000).toUTCString();
    const { endpoint, coze } = arrange({ coze: () => cozeTokenAnswer('czs_token_1', NOW_SECONDS + 4500, { date }) });
    await endpoint(tokenRequest());
    await endpoint(tokenRequest());
    expect(coze.seen.map(({ claims }) => claims.iat)).toEqual([NOW_SECONDS - 30, NOW_SECONDS - 30]);
  });
});

describe('an app', () => {
  const urlWith = async (changes: object) => {
    const { endpoint, coze } = arrange({ oauth: { ...oauth, ...changes } });
    await endpoint(tokenRequest());
    return coze.seen[0]?.url;
  };

  it('may ask for tokens of an account or an enterprise', async () => {
    expect(await urlWith({ accountId: '7123' })).toBe('https://api.coze.cn/api/permission/oauth2/account/7123/token');
    expect(await urlWith({ enterpriseId: '8456' })).toBe('https://api.coze.cn/api/permission/oauth2/enterprise_id/8456/token');
    expect(await urlWith({ apiBaseUrl: 'https://proxy.example/coze/' })).toBe('https://proxy.example/coze/api/permission/oauth2/token');
  });

  it('asks for one of them only, by a plain id', () => {
    expect(() => arrange({ oauth: { ...oauth, accountId: '1', enterpriseId: '2' } })).toThrow(/either accountId or enterpriseId/);
    expect(() => arrange({ oauth: { ...oauth, accountId: '../../..' } })).toThrow(/accountId: must be an id/);
  });

  it('F27: may limit its tokens to bots', async () => {
    const { endpoint, coze } = arrange({ oauth: { ...oauth, botIds: ['73428668'] } });
    await endpoint(tokenRequest());
    expect(coze.seen[0]?.body['scope']).toEqual({
      account_permission: { permission_list: ['Connector.botChat'] },
      attribute_constraint: { connector_bot_chat_attribute: { bot_id_list: ['73428668'] } },
    });
  });
});
