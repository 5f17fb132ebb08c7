import { decodeJwt } from 'jose';
import { digest } from '../../../src/server/digest.js';
import { createTokenEndpoint } from '../../../src/server/index.js';
import { endpointUrl, quickApp, siteOrigin } from '../../unit/server/arrange.js';
import { cozeTokenAnswer } from '../../unit/server/fake-coze.js';
import { inBatches, pick, type Claim } from './claim.js';

type Random = () => number;

const characters = ['a', '"', '\\', '{', '}', '[', ']', ':', ',', '0', '-', 'e', '\0', '\r', '\n', ' ', 'é', '\ud800', '界', '\u202e'];
const noise = (random: Random, longest: number): string =>
  Array.from({ length: Math.floor(random() ** 3 * longest) }, () => pick(random, characters)).join('');
const headerNoise = (random: Random): string => noise(random, 60).replace(/[^\x21-\x7e]/g, '');

const values = ['alice', 'bob', '', null, 0, true, [], {}, ['alice'], 'manual', 'initial', '__proto__', 'x'.repeat(2000)];
const names = ['user_id', 'identity_token', 'reason', 'session_name', 'tenant', '__proto__', 'constructor', 'sub', 'id'];

const bodies: readonly ((random: Random) => BodyInit)[] = [
  () => '{}',
  (random) => noise(random, 300),
  (random) => JSON.stringify(Object.fromEntries([1, 2, 3].map(() => [pick(random, names), pick(random, values)]))),
  (random) => `{"user_id":${JSON.stringify(pick(random, values))},"user_id":${JSON.stringify(pick(random, values))}}`,
  (random) => Uint8Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)),
  (random) => pick(random, ['[', '{"a":', '"', ' ', '1']).repeat(Math.floor(random() ** 4 * 5000)),
];

const headerChoices: Readonly<Record<string, readonly string[]>> = {
  'content-type': ['application/json', 'application/json', 'application/json', 'text/plain', 'application/json;charset=utf-16'],
  'sec-fetch-site': ['same-origin', 'same-origin', 'same-origin', 'same-site', 'cross-site', 'none'],
  origin: [siteOrigin, siteOrigin, 'null', `${siteOrigin}.evil.example`, 'http://site.example', `${siteOrigin}:8443`],
  cookie: ['session=alice', 'session=nobody', 'session=', 'session=alice; session=bob', 'Session=alice'],
  authorization: ['Bearer alice', 'Basic alice'],
  'x-user-id': ['alice', 'bob'],
  'content-length': ['0', '-1', '99999999', 'NaN'],
  'content-encoding': ['identity', 'gzip'],
};

/** Each header there three times in four, and sometimes as noise. */
function headersFrom(random: Random): Record<string, string> {
  const present = Object.entries(headerChoices).filter(() => random() < 0.75);
  return Object.fromEntries(present.map(([name, choices]) => [name, random() < 0.1 ? headerNoise(random) : pick(random, choices)]));
}

/** Everything the claim is about happens while it asks in the one session that there is. */
const isSignedIn = (request: Request): boolean => request.headers.get('cookie') === 'session=alice';

export const fuzz: Claim = {
  claim: 'whatever is sent is answered, uncached, and signed for only if the session says so',
  times: 1_000_000,
  check: async (times, random) => {
    const alice = await digest(['', '', 'alice']);
    const statuses: Record<number, number> = {};
    let exchanges = 0;
    const endpoint = createTokenEndpoint({
      oauth: quickApp,
      identify: (request) => (isSignedIn(request) ? { id: 'alice' } : null),
      rateLimit: false,
      onEvent: () => undefined,
      fetch: async (_input, init) => {
        exchanges += 1;
        const { session_name: name } = decodeJwt(new Headers(init?.headers).get('authorization')?.slice('Bearer '.length) ?? '');
        if (name !== alice) throw new Error(`signed for ${String(name)}`);
        return cozeTokenAnswer('czs_alice_token', Math.floor(Date.now() / 1000) + 3600);
      },
    });
    await inBatches(times, async () => {
      const method = random() < 0.9 ? 'POST' : pick(random, ['PUT', 'DELETE', 'PATCH', 'OPTIONS']);
      const request = new Request(endpointUrl, { method, headers: headersFrom(random), body: pick(random, bodies)(random) });
      const { status, headers } = await endpoint(request);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (headers.get('cache-control') !== 'no-store') throw new Error(`${status} may be cached`);
      if (status === 200 && !isSignedIn(request)) throw new Error('a token for nobody');
      if (status >= 500) throw new Error(`answered ${status}`);
    });
    if (exchanges !== statuses[200]) throw new Error(`${exchanges} exchanges for ${String(statuses[200])} tokens`);
    return { statuses };
  },
};
