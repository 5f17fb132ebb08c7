/** M3 and L3 at the token endpoint: the owner of a chat can be verified often, because the response needs no request to Coze. */
import { describe, expect, it } from 'vitest';
import { anonymousVisitor } from '../../../src/server/index.js';
import { arrange, type Changes, json, tokenRequest } from '../../unit/server/arrange.js';

const verify = (headers = {}): Request => tokenRequest({ body: { reason: 'verify' }, headers });

describe('Verification request', () => {
  it('A verification is answered with the subject alone, the same as with a token, and without an exchange', async () => {
    const { endpoint, coze } = arrange();
    const { subject } = await json(await endpoint(tokenRequest()));
    const response = await endpoint(verify());
    expect([response.status, await json(response), coze.seen.length]).toEqual([200, { subject }, 1]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('A verification is answered while Coze is down', async () => {
    const { endpoint } = arrange({ coze: () => new Response('', { status: 503 }) });
    expect((await endpoint(verify())).status).toBe(200);
  });

  it('A verification returns different subjects for two visitors', async () => {
    let id = 'alice';
    const { endpoint } = arrange({ identify: () => ({ id }) });
    const { subject } = await json(await endpoint(verify()));
    id = 'bob';
    expect((await json(await endpoint(verify())))['subject']).not.toBe(subject);
  });

  it.each<[number, Changes, Record<string, string>]>([
    [401, { identify: () => null }, {}],
    [403, {}, { 'sec-fetch-site': 'cross-site' }],
    [500, { identify: () => Promise.reject(new Error('down')) }, {}],
  ])('A verification is refused with %i like a request for a token', async (status, changes, headers) => {
    expect((await arrange(changes).endpoint(verify(headers))).status).toBe(status);
  });

  it('A verification counts against the visitor’s limit', async () => {
    const { endpoint } = arrange({ rateLimit: { perSubject: { requests: 1, perSeconds: 60 } } });
    await endpoint(verify());
    expect((await endpoint(verify())).status).toBe(429);
  });

  it('A verification is reported to the operator as subject_verified, with a shortened subject', async () => {
    const { endpoint, events } = arrange();
    const subject = String((await json(await endpoint(verify())))['subject']);
    const requestId: unknown = expect.stringMatching(/^[0-9a-f]{32}$/);
    expect(events).toEqual([{ type: 'subject_verified', requestId, subject: subject.slice(0, 12), durationMs: 0 }]);
  });
});

describe('Visitor without an account', () => {
  const identify = anonymousVisitor({ cookieSecret: 'a secret of the host, 32 bytes or more' });
  const ask = async (reason: string, cookie = '') => {
    const response = await arrange({ identify }).endpoint(tokenRequest({ body: { reason }, headers: { cookie } }));
    return { body: await json(response), cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
  };

  it.each(['initial', 'verify'])(
    'A visitor is called new in the response to “%s” that sets the cookie, and in no later one',
    async (reason) => {
      const { body, cookie } = await ask(reason);
      expect([body['new_visitor'], cookie]).toEqual([true, expect.stringContaining('=')]);
      for (const later of ['initial', 'verify']) {
        const { body: again } = await ask(later, cookie);
        expect([again['subject'], 'new_visitor' in again]).toEqual([body['subject'], false]);
      }
    },
  );

  it('A visitor whose browser keeps no cookie has another subject each time, and is called new each time', async () => {
    const [first, second] = [await ask('initial'), await ask('verify')];
    expect(second.body['subject']).not.toBe(first.body['subject']);
    expect([first.body['new_visitor'], second.body['new_visitor']]).toEqual([true, true]);
  });

  it('A visitor whose cookie was renewed is not new', async () => {
    const now = Date.now();
    const browser = (nowMs: number) => anonymousVisitor({ cookieSecret: 'a secret of the host, 32 bytes or more', now: () => nowMs });
    const first = await arrange({ identify: browser(now) }).endpoint(tokenRequest());
    const cookie = String(first.headers.getSetCookie()[0]?.split(';')[0]);
    const later = await arrange({ identify: browser(now + 100 * 86_400_000) }).endpoint(tokenRequest({ headers: { cookie } }));
    expect([later.headers.getSetCookie().length, 'new_visitor' in (await json(later))]).toEqual([1, false]);
  });
});
