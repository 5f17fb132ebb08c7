/** The promise of the whole package, in many cases: nobody ever gets another visitor's token. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBlank } from '../../../src/core/values/blank.js';
import { digest } from '../../../src/server/crypto/digest.js';
import { parseIdentifier } from '../../../src/server/identity/identifier.js';
import { runs } from '../../support/runs.js';
import { arrange, json, quickApp, tokenRequest } from './arrange.js';
import { type CozeBehaviour, cozeTokenAnswer, inItsOwnTime, tokenFor } from './coze/fake-coze.js';

const REQUESTS_AT_ONCE = 1_000;
/** `npm run test:stress` runs up to a million. */
const BATCHES = runs(20_000) / REQUESTS_AT_ONCE;
const PEOPLE_OF_A_TENANT = runs(10_000);

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
function sessionOf(user: string): string {
  return sha256(JSON.stringify(['', '', user]));
}
function subjectOf(user: string): string {
  return sha256(JSON.stringify(['coze-chat-embed/subject', sessionOf(user)]));
}

/** The visitor whom the cookie names, found after a random delay. */
async function slowSession(request: Request) {
  const user = request.headers.get('cookie') ?? '';
  for (let turn = 0; turn < user.length % 7; turn += 1) await Promise.resolve();
  return { id: user };
}

describe('Isolation of visitors', () => {
  it.each([false, true])(
    `F14, F19, F25: No visitor gets the token of another in ${BATCHES} times ${REQUESTS_AT_ONCE} concurrent requests (token cache: %s)`,
    async (tokenCache) => {
      const ownToken: CozeBehaviour = ({ claims }) => cozeTokenAnswer(tokenFor(claims['session_name']), 3600);
      const { endpoint, coze } = arrange({
        coze: inItsOwnTime(ownToken),
        identify: slowSession,
        oauth: quickApp,
        rateLimit: false,
        tokenCache,
      });
      const users = Array.from({ length: 500 }, (_, index) => `user-${'x'.repeat(index % 11)}${index}`);
      const expected = new Map(users.map((user) => [user, { access_token: tokenFor(sessionOf(user)), subject: subjectOf(user) }]));
      const reasons = ['initial', 'expiring', 'rejected', 'manual'];

      for (let batch = 0; batch < BATCHES; batch += 1) {
        await Promise.all(
          Array.from({ length: REQUESTS_AT_ONCE }, async (_, index) => {
            const user = users[(index * 7919 + batch * 104_729) % users.length] ?? '';
            const reason = reasons[(index + batch) % reasons.length];
            const answer = await json(await endpoint(tokenRequest({ body: { reason }, headers: { cookie: user } })));
            if (answer['subject'] !== expected.get(user)?.subject || answer['access_token'] !== expected.get(user)?.access_token) {
              throw new Error(`${user} got the token of somebody else`);
            }
          }),
        );
      }
      expect(new Set(coze.seen.map(({ claims }) => claims.jti)).size).toBe(coze.seen.length);
      if (!tokenCache) expect(coze.seen).toHaveLength(BATCHES * REQUESTS_AT_ONCE);
    },
    240_000,
  );

  it('F6: Different users have different session names', async () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('a', 'A', 'a:b', 'b', '","', '\\', '\\"', ' '),
    );
    const person = fc.tuple(part, part, part);
    await fc.assert(
      fc.asyncProperty(person, person, async (one, other) => {
        const isSame = one.every((value, index) => value === other[index]);
        expect((await digest(one)) === (await digest(other))).toBe(isSame);
      }),
      { numRuns: runs(5000) },
    );
  }, 60_000);

  it(`All session names of ${PEOPLE_OF_A_TENANT} users of each tenant are different`, async () => {
    const names = new Set<string>();
    const tenants = ['', 'a', 'a:', ':a', 'A', '"', '1', 'ⅰ', 'é', 'e\u0301'];
    for (const tenant of tenants) {
      const all = await Promise.all(Array.from({ length: PEOPLE_OF_A_TENANT }, (_, index) => digest(['', tenant, String(index)])));
      all.forEach((name) => names.add(name));
    }
    expect(names.size).toBe(tenants.length * PEOPLE_OF_A_TENANT);
  }, 240_000);

  it('F5: Exactly the well-formed, visible texts of at most 1024 bytes are accepted as user ids', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), (text) => {
        const isVisible = [...text].some((character) => !isBlank(character) && !/["'`()<>[\]{}+-]/.test(character));
        const isSane = isVisible && !text.includes('\ufffd') && new TextEncoder().encode(text).length <= 1024;
        const parsed = parseIdentifier(text);
        expect(parsed.ok).toBe(isSane);
        if (parsed.ok) expect(parsed.value).toBe(text);
      }),
      { numRuns: runs(5000) },
    );
    fc.assert(
      fc.property(
        fc.string(),
        fc.oneof(fc.integer({ min: 0xd800, max: 0xdfff }), fc.constant(0xfffd)),
        fc.string(),
        (before, code, after) => {
          expect(parseIdentifier(`${before}x${String.fromCharCode(code)}x${after}`)).toEqual({ ok: false, error: 'ill_formed' });
        },
      ),
      { numRuns: runs(2000) },
    );
  });
});
