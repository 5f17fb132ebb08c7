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

describe('Key in a KMS', () => {
  const kms = (bytes: Uint8Array) => Promise.resolve(new Uint8Array(signWithNode('sha256', bytes, createPrivateKey(keyPair.privateKey))));

  it('A KMS signs the same assertion as a local key, except for its unique id', async () => {
    const partsOf = async (app: object) => {
      const { endpoint, coze } = arrange({ oauth: app });
      await endpoint(tokenRequest());
      const { payload, protectedHeader } = await coze.verify(coze.seen[0]?.assertion ?? '', { currentDate: new Date(NOW_MS) });
      return { header: protectedHeader, claims: payload };
    };
    const [local, remote] = [await partsOf(oauth), await partsOf({ ...withoutKey, sign: kms })];
    expect(remote).toEqual({ ...local, claims: { ...local.claims, jti: expect.any(String) } });
    expect(remote.claims.jti).not.toBe(local.claims.jti);
    expect(Object.keys(remote.claims)).toEqual(Object.keys(local.claims));
  });

  it('A KMS signs an assertion that Coze can verify, like a local key', async () => {
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
  ])('A KMS that %s ends in 500, and nothing is sent to Coze', async (_case, sign) => {
    const { endpoint, coze, events } = arrange({ oauth: { ...withoutKey, sign } });
    const response = await endpoint(tokenRequest());
    expect([response.status, (await json(response))['error'], coze.seen.length]).toEqual([500, 'server_error', 0]);
    expect(events).toEqual([expect.objectContaining({ reason: 'signing_failed' })]);
  });

  it('A KMS that does not answer ends in 504 after eight seconds', async () => {
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
  ])('createTokenEndpoint() throws for %s', (_case, app) => {
    expect(() => arrange({ oauth: app })).toThrow(/privateKey: give either/);
  });
});

describe('Two keys of an app', () => {
  const second = makeKeyPair('kid-two');
  const rotating = { ...oauth, fallbackKey: { keyId: second.keyId, privateKey: second.privateKey } };
  const accepting =
    (...keyIds: readonly string[]): CozeBehaviour =>
    (seen) =>
      keyIds.includes(String(keyIdOf(seen))) ? cozeTokenAnswer('czs_token_1', NOW_SECONDS + 900) : cozeErrorAnswer(401, 'invalid_client');

  it('Only the first key is used as long as Coze accepts it', async () => {
    const { endpoint, coze, events } = arrange({ oauth: rotating, coze: accepting('kid-one', 'kid-two') });
    await endpoint(tokenRequest());
    expect([coze.seen.map(keyIdOf), warnings(events)]).toEqual([['kid-one'], []]);
  });

  it('F13: The second key replaces a deleted first one without an error for visitors, and a warning is sent once', async () => {
    const { endpoint, coze, events } = arrange({ oauth: rotating, coze: accepting('kid-two') });
    const statuses = [(await endpoint(tokenRequest())).status, (await endpoint(tokenRequest())).status];
    expect(statuses).toEqual([200, 200]);
    expect(coze.seen.map(keyIdOf)).toEqual(['kid-one', 'kid-two', 'kid-two']);
    expect(new Set(coze.seen.map(({ claims }) => claims.jti)).size).toBe(3);
    expect(warnings(events)).toEqual(['fallback_key_used']);
  });

  it('The first key is used again when Coze later rejects the second', async () => {
    let accepted = 'kid-two';
    const { endpoint, coze } = arrange({ oauth: rotating, coze: (seen, attempt) => accepting(accepted)(seen, attempt) });
    await endpoint(tokenRequest());
    accepted = 'kid-one';
    expect((await endpoint(tokenRequest())).status).toBe(200);
    expect(coze.seen.map(keyIdOf)).toEqual(['kid-one', 'kid-two', 'kid-two', 'kid-one']);
  });

  it('F13: Each key is tried once when Coze rejects both', async () => {
    const { endpoint, coze, events } = arrange({ oauth: rotating, coze: accepting() });
    expect((await endpoint(tokenRequest())).status).toBe(500);
    expect([coze.seen.map(keyIdOf), warnings(events)]).toEqual([['kid-one', 'kid-two'], []]);
  });

  it('The second key is not tried after an error that does not depend on the key', async () => {
    const { endpoint, coze } = arrange({ oauth: rotating, coze: () => cozeErrorAnswer(403, 'access_deny') });
    await endpoint(tokenRequest());
    expect(coze.seen.map(keyIdOf)).toEqual(['kid-one']);
  });

  it('A hundred requests during a key rotation all get tokens, and one warning is sent', async () => {
    const { endpoint, events } = arrange({ oauth: rotating, coze: accepting('kid-two'), rateLimit: false });
    const answers = await Promise.all(Array.from({ length: 100 }, () => endpoint(tokenRequest())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(warnings(events)).toEqual(['fallback_key_used']);
  });

  it('createTokenEndpoint() throws for an invalid second key', () => {
    expect(() => arrange({ oauth: { ...oauth, fallbackKey: { keyId: 'kid-two', privateKey: 'nonsense' } } })).toThrow(
      /oauth\.fallbackKey\.privateKey/,
    );
  });
});

describe('Host whose clock is wrong', () => {
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
  ])('F15: A host whose clock is %s gets tokens after one rejected assertion, with the right expiry', async (_case, offset) => {
    const { endpoint, coze, events } = arrange({ coze: strictAbout(NOW_SECONDS + offset) });
    const body = await json(await endpoint(tokenRequest()));
    expect(body).toMatchObject({ expires_in: 900, expires_at: NOW_SECONDS + offset + 900 });
    expect(warnings(events)).toEqual(['clock_corrected']);

    expect((await endpoint(tokenRequest())).status).toBe(200);
    expect(coze.seen).toHaveLength(3);
    expect(coze.seen.map(({ claims }) => Number(claims.iat) - NOW_SECONDS)).toEqual([-30, offset - 30, offset - 30]);
  });

  it('F15: A clock correction is not kept when Coze rejects the corrected assertion, too', async () => {
    const date = new Date((NOW_SECONDS + 3600) * 1000).toUTCString();
    const { endpoint, coze, events } = arrange({ coze: () => cozeErrorAnswer(401, 'invalid_client', '', { date }) });
    expect((await endpoint(tokenRequest())).status).toBe(500);
    expect([coze.seen.length, warnings(events)]).toEqual([2, []]);
  });

  it('The clock is not corrected when the clocks differ by only ten seconds', async () => {
    const date = new Date((NOW_SECONDS + 10) * 1000).toUTCString();
    const { endpoint, coze, events } = arrange({ coze: () => cozeErrorAnswer(401, 'invalid_client', '', { date }) });
    expect((await endpoint(tokenRequest())).status).toBe(500);
    expect([coze.seen.length, warnings(events)]).toEqual([1, []]);
  });

  it('The clock is not corrected as long as Coze accepts the assertions', async () => {
    const date = new Date((NOW_SECONDS + 3600) * 1000).toUTCString();
    const { endpoint, coze } = arrange({ coze: () => cozeTokenAnswer('czs_token_1', NOW_SECONDS + 4500, { date }) });
    await endpoint(tokenRequest());
    await endpoint(tokenRequest());
    expect(coze.seen.map(({ claims }) => claims.iat)).toEqual([NOW_SECONDS - 30, NOW_SECONDS - 30]);
  });
});

describe('OAuth app', () => {
  const urlWith = async (changes: object) => {
    const { endpoint, coze } = arrange({ oauth: { ...oauth, ...changes } });
    await endpoint(tokenRequest());
    return coze.seen[0]?.url;
  };

  it('The URL of the exchange contains the account, the enterprise or the path of a proxy', async () => {
    expect(await urlWith({ accountId: '7123' })).toBe('https://api.coze.cn/api/permission/oauth2/account/7123/token');
    expect(await urlWith({ enterpriseId: '8456' })).toBe('https://api.coze.cn/api/permission/oauth2/enterprise_id/8456/token');
    expect(await urlWith({ apiBaseUrl: 'https://proxy.example/coze/' })).toBe('https://proxy.example/coze/api/permission/oauth2/token');
  });

  it('createTokenEndpoint() throws for an account beside an enterprise, and for an invalid account id', () => {
    expect(() => arrange({ oauth: { ...oauth, accountId: '1', enterpriseId: '2' } })).toThrow(/either accountId or enterpriseId/);
    expect(() => arrange({ oauth: { ...oauth, accountId: '../../..' } })).toThrow(/accountId: must be an id/);
  });

  it('F27: An app can limit its tokens to certain bots', async () => {
    const { endpoint, coze } = arrange({ oauth: { ...oauth, botIds: ['73428668'] } });
    await endpoint(tokenRequest());
    expect(coze.seen[0]?.body['scope']).toEqual({
      account_permission: { permission_list: ['Connector.botChat'] },
      attribute_constraint: { connector_bot_chat_attribute: { bot_id_list: ['73428668'] } },
    });
  });
});
