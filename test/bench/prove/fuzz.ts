import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose';
import { digest } from '../../../src/server/crypto/digest.js';
import { createTokenEndpoint, firstIdentityOf, verifyIdentityToken } from '../../../src/server/index.js';
import { ENDPOINT_URL, quickApp, SITE_ORIGIN } from '../../unit/server/arrange.js';
import { cozeTokenAnswer } from '../../unit/server/coze/fake-coze.js';
import { type Claim, inBatches, pick } from './claim.js';

type Random = () => number;

const characters = ['a', '"', '\\', '{', '}', '[', ']', ':', ',', '0', '-', 'e', '\0', '\r', '\n', ' ', 'é', '\ud800', '界', '\u202e'];
function noise(random: Random, longest: number): string {
  return Array.from({ length: Math.floor(random() ** 3 * longest) }, () => pick(random, characters)).join('');
}
function headerNoise(random: Random): string {
  return noise(random, 60).replace(/[^\x21-\x7e]/g, '');
}

const SECRET = 'a secret of the host, 32 bytes or more';
const goodClaims = { sub: 'mallory', aud: 'chat', exp: 4_000_000_000 };
function signed(claims: object, key: string): Promise<string> {
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(key));
}

/** Each token is invalid in one way: its claims, signer, signature or lifetime. */
const badTokens = [
  await signed({ ...goodClaims, exp: 1 }, SECRET),
  await signed({ ...goodClaims, aud: 'billing' }, SECRET),
  await signed({ ...goodClaims, exp: undefined }, SECRET),
  await signed(goodClaims, SECRET),
  await signed({ ...goodClaims, exp: Math.floor(Date.now() / 1000) + 80_000 }, 'a secret of somebody else, 32 bytes and more'),
  new UnsecuredJWT(goodClaims).encode(),
];

/** An invalid token, or parts of several tokens. */
function forgery(random: Random): string {
  if (random() < 0.5) return pick(random, badTokens);
  return [0, 1, 2].map((part) => pick(random, badTokens).split('.')[part] ?? '').join('.') + noise(random, 3);
}

const values = ['alice', 'bob', '', null, 0, true, [], {}, ['alice'], 'manual', 'initial', '__proto__', 'x'.repeat(2000)];
const names = ['user_id', 'identity_token', 'reason', 'session_name', 'tenant', '__proto__', 'constructor', 'sub', 'id'];

const bodies: readonly ((random: Random) => BodyInit)[] = [
  () => '{}',
  (random) => noise(random, 300),
  (random) => JSON.stringify(Object.fromEntries([1, 2, 3].map(() => [pick(random, names), pick(random, values)]))),
  (random) => `{"user_id":${JSON.stringify(pick(random, values))},"user_id":${JSON.stringify(pick(random, values))}}`,
  (random) => JSON.stringify({ user_id: 'mallory', identity_token: forgery(random), reason: 'initial' }),
  (random) => Uint8Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)),
  (random) => pick(random, ['[', '{"a":', '"', ' ', '1']).repeat(Math.floor(random() ** 4 * 5000)),
];

const headerChoices: Readonly<Record<string, readonly string[]>> = {
  'content-type': ['application/json', 'application/json', 'application/json', 'text/plain', 'application/json;charset=utf-16'],
  'sec-fetch-site': ['same-origin', 'same-origin', 'same-origin', 'same-site', 'cross-site', 'none'],
  origin: [SITE_ORIGIN, SITE_ORIGIN, 'null', `${SITE_ORIGIN}.evil.example`, 'http://site.example', `${SITE_ORIGIN}:8443`],
  cookie: ['session=alice', 'session=nobody', 'session=', 'session=alice; session=bob', 'Session=alice'],
  authorization: ['Bearer alice', 'Basic alice'],
  'x-user-id': ['alice', 'bob'],
  'content-length': ['0', '-1', '99999999', 'NaN'],
  'content-encoding': ['identity', 'gzip'],
};

/** Mostly a valid header, so that many requests pass the first checks; else another value, noise, or no header. */
function headerFrom(random: Random, choices: readonly string[]): string | undefined {
  if (random() < 0.7) return choices[0];
  if (random() < 0.3) return undefined;
  return random() < 0.3 ? headerNoise(random) : pick(random, choices);
}

function headersFrom(random: Random): Record<string, string> {
  const headers = Object.entries(headerChoices).map(([name, choices]) => [name, headerFrom(random, choices)] as const);
  return Object.fromEntries(headers.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** There is only one session. */
function isSignedIn(request: Request): boolean {
  return request.headers.get('cookie') === 'session=alice';
}

export const fuzz: Claim = {
  claim: 'whatever is sent is answered, uncached, and signed for only if the session says so',
  times: 1_000_000,
  check: async (times, random, refute) => {
    const alice = await digest(['', '', 'alice']);
    const statuses: Record<number, number> = {};
    let exchanges = 0;
    const endpoint = createTokenEndpoint({
      oauth: quickApp,
      identify: firstIdentityOf(
        (request) => (isSignedIn(request) ? { id: 'alice' } : null),
        verifyIdentityToken({ secret: SECRET, audience: 'chat' }),
      ),
      rateLimit: false,
      onEvent: () => undefined,
      fetch: async (_input, init) => {
        exchanges += 1;
        const { session_name: name } = decodeJwt(new Headers(init?.headers).get('authorization')?.slice('Bearer '.length) ?? '');
        if (name !== alice) refute(`signed for ${String(name)}`);
        return cozeTokenAnswer('czs_alice_token', Math.floor(Date.now() / 1000) + 3600);
      },
    });
    await inBatches(times, async () => {
      const method = random() < 0.9 ? 'POST' : pick(random, ['PUT', 'DELETE', 'PATCH', 'OPTIONS']);
      const request = new Request(ENDPOINT_URL, { method, headers: headersFrom(random), body: pick(random, bodies)(random) });
      const answer = await endpoint(request).catch(() => refute('it throws'));
      if (answer === undefined) return;
      const { status, headers } = answer;
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (headers.get('cache-control') !== 'no-store') refute(`${status} may be cached`);
      if (status === 200 && !isSignedIn(request)) refute('a token for nobody');
      if (status >= 500) refute(`answered ${status}`);
    });
    if (exchanges !== (statuses[200] ?? 0)) refute(`${exchanges} exchanges for ${String(statuses[200])} tokens`);
    return { statuses };
  },
};
