import { digest } from '../../../src/server/crypto/digest.js';
import { arrange, json, quickApp, tokenRequest } from '../../unit/server/arrange.js';
import { type CozeBehaviour, cozeTokenAnswer, inItsOwnTime, tokenFor } from '../../unit/server/coze/fake-coze.js';
import { type Claim, inBatches, pick } from './claim.js';

const ownToken: CozeBehaviour = ({ claims }) => cozeTokenAnswer(tokenFor(claims['session_name']), 3600);

/** The visitor whom the cookie names, found after a random delay. */
async function identify(request: Request) {
  const user = request.headers.get('cookie') ?? '';
  for (let turn = 0; turn < user.length % 7; turn += 1) await Promise.resolve();
  return { id: user };
}

/** With the token cache for half of the requests; 500 visitors, 1000 requests at once. */
export const subjects: Claim = {
  claim: 'the subject and the token of an answer are those of who asked',
  times: 100_000,
  check: async (times, random, refute) => {
    const users = Array.from({ length: 500 }, (_, index) => `user-${'x'.repeat(index % 11)}${index}`);
    const expected = new Map<string, { readonly token: string; readonly subject: string }>();
    for (const user of users) {
      const session = await digest(['', '', user]);
      expected.set(user, { token: tokenFor(session), subject: await digest(['coze-chat-embed/subject', session]) });
    }
    let exchanges = 0;
    for (const tokenCache of [false, true]) {
      const { endpoint, coze } = arrange({ coze: inItsOwnTime(ownToken), identify, oauth: quickApp, rateLimit: false, tokenCache });
      await inBatches(times / 2, async () => {
        const user = pick(random, users);
        const reason = pick(random, ['initial', 'expiring', 'rejected', 'manual']);
        const answer = await json(await endpoint(tokenRequest({ body: { reason }, headers: { cookie: user } })));
        const own = expected.get(user);
        if (answer['subject'] !== own?.subject || answer['access_token'] !== own?.token) refute(`${user} got something else`);
      });
      exchanges += coze.seen.length;
    }
    return { exchanges };
  },
};
