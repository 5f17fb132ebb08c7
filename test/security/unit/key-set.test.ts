/** A signer's key set that fails, or is invalid: anybody can trigger its request by sending a token. */
import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { verifyIdentityToken } from '../../../src/server/index.js';
import { arrange, NOW_MS, NOW_SECONDS, quickApp, tokenRequest } from '../../unit/server/arrange.js';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256' };
const token = await new SignJWT({ sub: 'alice', aud: 'chat', exp: NOW_SECONDS + 3600 })
  .setProtectedHeader({ alg: 'ES256', kid: 'one' })
  .sign(privateKey);

/** @param answer the response of the signer's server to the n-th request */
function arrangeSigner(answer: (times: number) => Response | Promise<Response>) {
  let fetched = 0;
  let nowMs = NOW_MS;
  const identify = verifyIdentityToken({
    jwks: 'https://site.example/keys',
    audience: 'chat',
    now: () => nowMs,
    fetch: () => Promise.resolve(answer((fetched += 1))),
  });
  const { endpoint } = arrange({ identify, oauth: quickApp, rateLimit: false });
  return {
    ask: async (identityToken = token) => (await endpoint(tokenRequest({ body: { identity_token: identityToken } }))).status,
    fetched: () => fetched,
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

function endless(): { readonly body: ReadableStream<Uint8Array>; readonly pulled: () => number } {
  let pulled = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, pulled: () => pulled };
}

describe('L9: key set of a signer', () => {
  it.each<[string, () => Response | Promise<Response>]>([
    ['cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
    ['answers 500', () => new Response('oops', { status: 500 })],
    ['is redirected to another host', () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } })],
    ['is HTML', () => new Response('<html>')],
    ['is JSON of another form', () => Response.json({ key: jwk })],
    ['is null', () => Response.json(null)],
    ['has keys that are texts', () => Response.json({ keys: ['one'] })],
    ['has ten thousand keys', () => Response.json({ keys: Array.from({ length: 10_000 }, () => ({ kty: 'oct' })) })],
    ['never ends', () => new Response(endless().body)],
    ['breaks off', () => new Response(new ReadableStream({ start: (controller) => controller.error(new Error('reset')) }))],
  ])('A key set that %s is requested once, however many tokens arrive', async (_case, answer) => {
    const { ask, fetched } = arrangeSigner(answer);
    const statuses = new Set<number>();
    for (let sent = 0; sent < 50; sent += 1) statuses.add(await ask());
    expect([[...statuses], fetched()]).toEqual([[500], 1]);
  });

  it('A key set that works again is used after ten seconds', async () => {
    const { ask, fetched, wait } = arrangeSigner((times) =>
      times === 1 ? new Response('', { status: 503 }) : Response.json({ keys: [jwk] }),
    );
    expect(await ask()).toBe(500);
    wait(9_999);
    expect([await ask(), fetched()]).toEqual([500, 1]);
    wait(1);
    expect([await ask(), fetched()]).toEqual([200, 2]);
  });

  it('A key set is requested again at once after the clock was set back', async () => {
    const { ask, wait } = arrangeSigner((times) => (times === 1 ? new Response('', { status: 503 }) : Response.json({ keys: [jwk] })));
    await ask();
    wait(-3_600_000);
    expect(await ask()).not.toBe(500);
  });

  it('A key set is read no further than 256 KiB and one chunk', async () => {
    const { body, pulled } = endless();
    const { ask } = arrangeSigner(() => new Response(body));
    await ask();
    expect(pulled()).toBeLessThanOrEqual(262_144 + 65_536);
  });
});
