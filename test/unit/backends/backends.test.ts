/** The examples for hosts, each started on its framework with the local stand-in for Coze behind it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TOKEN_PATH, type Website } from '../../../demo/backends/website.js';
import { type CozeStandIn, startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { anonymousVisitor, fromCozeOAuthConfig, type TokenErrorBody, type TokenResponseBody } from '../../../src/server/index.js';
import { frameworks, type RunningBackend, startWorker } from './runtimes.js';

const users = new Map([
  ['session-of-alice', { id: 'alice' }],
  ['session-of-bob', { id: 'bob' }],
]);
const findUser: Website['findUser'] = async (sessionId) => users.get(sessionId) ?? null;

let coze: CozeStandIn;
let backend: RunningBackend;

beforeAll(async () => {
  coze = await startCozeStandIn();
});
afterAll(() => coze.stop());
afterEach(async () => {
  await backend.stop();
  coze.clearRequests();
});

const website = (guests: Website['guests'] = () => null): Website => ({ oauth: fromCozeOAuthConfig(coze.oauthConfig), findUser, guests });

/** Sends a request like the element does, from a page of the website. */
const ask = (cookie: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${backend.origin}${TOKEN_PATH}`, {
    method: 'POST',
    body: '{"reason":"initial"}',
    ...init,
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...(cookie !== '' && { cookie }), ...init.headers },
  });

const askAs = (user: 'alice' | 'bob'): Promise<Response> => ask(`theme=dark; session_id=session-of-${user}`);

const tokenIn = async (response: Response): Promise<TokenResponseBody> => (await response.json()) as TokenResponseBody;
const errorIn = async (response: Response): Promise<string> => ((await response.json()) as TokenErrorBody).error;

const starters: Readonly<Record<string, () => Promise<RunningBackend>>> = {
  ...Object.fromEntries(Object.entries(frameworks).map(([name, start]) => [name, () => start(website())])),
  Workers: () => startWorker(coze, findUser),
};

describe.each(Object.entries(starters))('Example for %s', (_name, start) => {
  beforeEach(async () => {
    backend = await start();
  });

  it('Each signed-in user gets a token for their own conversations', async () => {
    const [alice, bob, aliceAgain] = [
      await tokenIn(await askAs('alice')),
      await tokenIn(await askAs('bob')),
      await tokenIn(await askAs('alice')),
    ];
    const [ofAlice, ofBob, ofAliceAgain] = coze.requests.map(({ sessionName }) => sessionName);

    expect([alice, bob, aliceAgain].map(({ access_token }) => access_token)).toEqual(Array(3).fill(expect.stringMatching(/^czs_/)));
    expect(aliceAgain.subject).toBe(alice.subject);
    expect(bob.subject).not.toBe(alice.subject);
    expect([ofAlice, ofBob, ofAliceAgain]).toEqual(Array(3).fill(expect.stringMatching(/./)));
    expect(ofAliceAgain).toBe(ofAlice);
    expect(ofBob).not.toBe(ofAlice);
  });

  it('A request without a session or with an unknown one gets 401', async () => {
    const none = await ask('');
    const unknown = await ask('session_id=session-of-mallory');
    expect([none.status, await errorIn(none)]).toEqual([401, 'unauthenticated']);
    expect([unknown.status, await errorIn(unknown)]).toEqual([401, 'unauthenticated']);
  });

  it('A user id in the body that is not the signed-in user’s gets 403', async () => {
    const response = await ask('session_id=session-of-alice', { body: '{"reason":"initial","user_id":"bob"}' });
    expect([response.status, await errorIn(response)]).toEqual([403, 'identity_mismatch']);
  });

  it('The endpoint answers GET with 405', async () => {
    const response = await fetch(`${backend.origin}${TOKEN_PATH}`, { headers: { cookie: 'session_id=session-of-alice' } });
    expect([response.status, await errorIn(response)]).toEqual([405, 'method_not_allowed']);
  });

  it('A body of more than 4 KiB gets 413, with or without a content length', async () => {
    const long = JSON.stringify({ reason: 'x'.repeat(5000) });
    const reported = await ask('session_id=session-of-alice', { body: long });
    const streamed = await ask('session_id=session-of-alice', { body: new Blob([long]).stream(), duplex: 'half' } as RequestInit);
    expect([reported.status, await errorIn(reported)]).toEqual([413, 'body_too_large']);
    expect([streamed.status, await errorIn(streamed)]).toEqual([413, 'body_too_large']);
  });

  it('A body that is not declared as JSON gets 415', async () => {
    const response = await ask('session_id=session-of-alice', { headers: { 'content-type': 'text/plain' } });
    expect([response.status, await errorIn(response)]).toEqual([415, 'unsupported_media_type']);
  });

  it('Every response of the endpoint, also an error, has `Cache-Control: no-store`', async () => {
    const responses = [await askAs('alice'), await ask(''), await ask('', { method: 'DELETE' }), await ask('', { body: '{' })];
    expect(responses.map(({ status }) => status)).toEqual([200, 401, 405, 400]);
    expect(responses.map(({ headers }) => headers.get('cache-control'))).toEqual(responses.map(() => 'no-store'));
  });

  it('The rate limit counts requests by the address of the client', async () => {
    // More requests than an address may send in a minute; nobody is signed in, so no visitor's own limit can be the reason.
    const statuses: number[] = [];
    for (let batch = 0; batch < 31; batch++) {
      const responses = await Promise.all(Array.from({ length: 10 }, () => ask('')));
      statuses.push(...responses.map(({ status }) => status));
    }
    expect(statuses.slice(0, 300).every((status) => status === 401)).toBe(true);
    expect(statuses.slice(300)).toEqual(Array.from({ length: 10 }, () => 429));
  });
});

describe.each(Object.entries(frameworks))('Example for %s with chats for guests', (_name, start) => {
  beforeEach(async () => {
    backend = await start(website(anonymousVisitor({ cookieSecret: 'x'.repeat(32), secure: false })));
  });

  it('A guest who sends their cookie gets the same subject again', async () => {
    const first = await ask('');
    const [cookie = ''] = first.headers.getSetCookie();
    const again = await ask(cookie.split(';', 1)[0] ?? '');
    const other = await ask('');

    expect(cookie).toMatch(/^coze-visitor=.+; HttpOnly; SameSite=Lax$/);
    const [guest, guestAgain, otherGuest] = [await tokenIn(first), await tokenIn(again), await tokenIn(other)];
    expect(guestAgain.subject).toBe(guest.subject);
    expect(otherGuest.subject).not.toBe(guest.subject);
    expect(again.headers.getSetCookie()).toEqual([]);
  });
});
