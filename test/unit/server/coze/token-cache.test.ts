import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProvenUser } from '../../../../src/server/index.js';
import { runs } from '../../../support/runs.js';
import { arrange, json, NOW_MS, NOW_SECONDS, quickApp, tokenRequest } from '../arrange.js';
import { type CozeBehaviour, cozeErrorAnswer, cozeTokenAnswer, inItsOwnTime, tokenFor } from './fake-coze.js';

/** A different token for each exchange. */
const numbered: CozeBehaviour = (_seen, attempt) => cozeTokenAnswer(`czs_number_${attempt}`, NOW_SECONDS + 3600);

function cached(changes: object = {}) {
  let time = NOW_MS;
  const identify = (request: Request) => ({ id: request.headers.get('cookie') ?? '' });
  const arranged = arrange({ tokenCache: true, rateLimit: false, identify, coze: numbered, now: () => time, ...changes });
  const ask = async (user: string, reason = 'initial') =>
    json(await arranged.endpoint(tokenRequest({ body: { reason }, headers: { cookie: user } })));
  return { ...arranged, ask, pass: (seconds: number) => (time += seconds * 1000) };
}

describe('Token cache', () => {
  it('F19: The token cache is off by default', async () => {
    const { ask, coze } = cached({ tokenCache: undefined });
    await ask('alice');
    await ask('alice');
    expect(coze.seen).toHaveLength(2);
  });

  it('A visitor gets the cached token with its remaining lifetime', async () => {
    const { ask, pass, coze } = cached();
    const first = await ask('alice');
    pass(1000);
    expect(await ask('alice')).toEqual({ ...first, expires_in: 2600 });
    expect(first).toMatchObject({ access_token: 'czs_number_1', expires_in: 3600, expires_at: NOW_SECONDS + 3600 });
    expect(coze.seen).toHaveLength(1);
  });

  it('A cached token is replaced when half of its lifetime is over', async () => {
    const { ask, pass } = cached();
    await ask('alice');
    pass(1800);
    expect((await ask('alice'))['access_token']).toBe('czs_number_1');
    pass(1);
    expect((await ask('alice'))['access_token']).toBe('czs_number_2');
  });

  it('A cached token is replaced when the clock has been set back', async () => {
    const { ask, pass } = cached();
    await ask('alice');
    pass(-10);
    expect((await ask('alice'))['access_token']).toBe('czs_number_2');
  });

  it.each(['rejected', 'manual'])('F19: A request with the reason %s replaces the cached token', async (reason) => {
    const { ask } = cached();
    await ask('alice');
    expect((await ask('alice', reason))['access_token']).toBe('czs_number_2');
    expect((await ask('alice', 'expiring'))['access_token']).toBe('czs_number_2');
  });

  it('F19: Many requests of one visitor at once cause one exchange', async () => {
    const { ask, coze } = cached({ coze: inItsOwnTime(numbered) });
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask('alice')));
    expect(new Set(answers.map((answer) => answer['access_token']))).toEqual(new Set(['czs_number_1']));
    expect(coze.seen).toHaveLength(1);
  });

  it('A failed exchange is not cached', async () => {
    const { ask, coze } = cached({
      coze: ((seen, attempt) => (attempt === 1 ? cozeErrorAnswer(403, 'access_deny') : numbered(seen, attempt))) satisfies CozeBehaviour,
    });
    expect((await ask('alice'))['error']).toBe('upstream_rejected');
    expect((await ask('alice'))['access_token']).toBe('czs_number_2');
    expect(coze.seen).toHaveLength(2);
  });

  it('A shared exchange continues for the other clients when the first client disconnects', async () => {
    const first = new AbortController();
    let answer = (): void => undefined;
    const released = new Promise<void>((resolve) => (answer = resolve));
    const { endpoint, ask } = cached({
      coze: (async (seen, attempt) => (await released, numbered(seen, attempt))) satisfies CozeBehaviour,
    });
    const abandoned = endpoint(tokenRequest({ headers: { cookie: 'alice' }, signal: first.signal }));
    const waiting = ask('alice');
    first.abort();
    answer();
    expect((await waiting)['access_token']).toBe('czs_number_1');
    await abandoned;
  });

  it('F19: No visitor gets the token of another for any order of requests', async () => {
    const users = Array.from({ length: 50 }, (_, index) => `user-${index}`);
    const step = fc.record({
      user: fc.constantFrom(...users),
      reason: fc.constantFrom('initial', 'expiring', 'rejected'),
      afterSeconds: fc.nat(600),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 100 }), async (steps) => {
        const ownToken: CozeBehaviour = ({ claims }) => cozeTokenAnswer(tokenFor(claims['session_name']), 3600);
        const { ask, pass } = cached({
          oauth: quickApp,
          coze: inItsOwnTime(ownToken),
          sessionName: ({ id }: ProvenUser) => `session-of-${id}`,
        });
        const answers = await Promise.all(
          steps.map(({ user, reason, afterSeconds }) => {
            pass(afterSeconds);
            return ask(user, reason);
          }),
        );
        expect(answers.map((answer) => answer['access_token'])).toEqual(steps.map(({ user }) => tokenFor(`session-of-${user}`)));
      }),
      { numRuns: runs(50) },
    );
  }, 20_000);
});
