import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { anonymousVisitor, type AnonymousVisitorOptions, firstIdentityOf, ServerConfigurationError } from '../../../../src/server/index.js';
import { arrange, json, NOW_MS, NOW_SECONDS, tokenRequest } from '../arrange.js';

const COOKIE_SECRET = 'a secret of the host, 32 bytes or more';
const DAY_MS = 86_400_000;

/** A browser that stores the cookie. */
function openBrowser(options: Partial<AnonymousVisitorOptions> = {}, cookies = '') {
  let jar = cookies;
  return {
    ask: async (body: object = {}) => {
      const { endpoint } = arrange({ identify: anonymousVisitor({ cookieSecret: COOKIE_SECRET, now: () => NOW_MS, ...options }) });
      const response = await endpoint(tokenRequest({ body, headers: { cookie: jar } }));
      const setCookie = response.headers.getSetCookie();
      if (setCookie[0] !== undefined) jar = String(setCookie[0].split(';')[0]);
      return { status: response.status, setCookie, cookie: jar, body: await json(response) };
    },
  };
}

async function subjectWith(cookie: string, options?: Partial<AnonymousVisitorOptions>) {
  return (await openBrowser(options, cookie).ask()).body['subject'];
}

describe('Visitor without an account', () => {
  it('An anonymous visitor keeps the same subject from request to request, and gets one cookie only', async () => {
    const browser = openBrowser();
    const [first, second] = [await browser.ask(), await browser.ask()];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body['subject']).toBe(first.body['subject']);
    expect(second.setCookie).toEqual([]);
  });

  it('Each browser gets an anonymous visitor with a subject of its own', async () => {
    const subjects = new Set<unknown>();
    for (let browser = 0; browser < 50; browser += 1) subjects.add((await openBrowser().ask()).body['subject']);
    expect(subjects.size).toBe(50);
  });

  it('The cookie of an anonymous visitor is HttpOnly, Secure, SameSite=Lax and has the prefix __Host-', async () => {
    const { setCookie } = await openBrowser().ask();
    const [pair, ...attributes] = setCookie[0]?.split('; ') ?? [];
    expect(pair).toMatch(/^__Host-coze-visitor=[\w.-]+$/);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=15552000', 'Path=/', 'SameSite=Lax', 'Secure']);
    expect(setCookie).toHaveLength(1);
  });

  it("The cookie is partitioned with `sameSite: 'none'`, for chats embedded by another site", async () => {
    const { setCookie } = await openBrowser({ sameSite: 'none' }).ask();
    expect(setCookie[0]?.split('; ')).toEqual(expect.arrayContaining(['Secure', 'SameSite=None', 'Partitioned']));
  });

  it('The cookie is not Secure with `secure: false`, for development without TLS', async () => {
    const { setCookie } = await openBrowser({ secure: false, cookieName: 'visitor' }).ask();
    expect(setCookie[0]).toMatch(/^visitor=/);
    expect(setCookie[0]).not.toContain('Secure');
  });

  it('A returning visitor keeps the subject, and the cookie is renewed in the second half of its lifetime', async () => {
    const { cookie, body } = await openBrowser().ask();
    const soon = await openBrowser({ now: () => NOW_MS + 89 * DAY_MS }, cookie).ask();
    expect([soon.body['subject'], soon.setCookie]).toEqual([body['subject'], []]);
    const later = await openBrowser({ now: () => NOW_MS + 91 * DAY_MS }, cookie).ask();
    expect(later.body['subject']).toBe(body['subject']);
    expect(later.setCookie).toHaveLength(1);
    expect(await subjectWith(later.cookie, { now: () => NOW_MS + 260 * DAY_MS })).toBe(body['subject']);
  });

  it('A visitor gets a new subject after the cookie has expired', async () => {
    const { cookie, body } = await openBrowser().ask();
    expect(await subjectWith(cookie, { now: () => NOW_MS + 181 * DAY_MS })).not.toBe(body['subject']);
  });

  it('A forged cookie does not give a visitor the subject of another visitor', async () => {
    const victim = await openBrowser().ask();
    const [name = '', value = ''] = victim.cookie.split('=');
    const [header, payload = '', signature = ''] = value.split('.');
    const stolenId = (JSON.parse(atob(payload)) as { sub: string }).sub;
    const forge = (claims: object, secret: string) =>
      new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
    const claims = { sub: stolenId, exp: NOW_SECONDS + 3600 };
    const forgeries = [
      await forge({ ...claims, aud: 'coze-chat-embed/anonymous-visitor' }, 'a secret of somebody else, 32 bytes and more'),
      await forge({ ...claims, aud: 'another purpose' }, COOKIE_SECRET),
      await forge({ sub: stolenId, aud: 'coze-chat-embed/anonymous-visitor' }, COOKIE_SECRET),
      `${btoa('{"alg":"none"}')}.${payload}.`,
      `${header}.${payload}.${signature.slice(1)}`,
      stolenId,
      '',
    ];
    for (const forgery of forgeries) {
      const { status, body, setCookie } = await openBrowser({}, `${name}=${forgery}`).ask();
      expect([status, setCookie.length]).toEqual([200, 1]);
      expect(body['subject']).not.toBe(victim.body['subject']);
    }
    expect(await subjectWith(victim.cookie)).toBe(victim.body['subject']);
  });

  it('The cookie is found among other cookies, also those whose names end alike', async () => {
    const { cookie, body } = await openBrowser().ask();
    const decoy = cookie.replace('__Host-coze-visitor', 'x__Host-coze-visitor').slice(0, -3);
    expect(await subjectWith(`a=b; ${decoy}; ${cookie};c=d`)).toBe(body['subject']);
  });

  it('A visitor whose browser sends two cookies of the name, a partitioned one and another, is recognised by the valid one', async () => {
    const { cookie, body } = await openBrowser().ask();
    const former = await openBrowser({ cookieSecret: 'the former secret, 32 bytes or more' }).ask();
    for (const cookies of [`${former.cookie}; ${cookie}`, `${cookie}; ${former.cookie}`]) {
      const response = await openBrowser({}, cookies).ask();
      expect([response.body['subject'], response.setCookie]).toEqual([body['subject'], []]);
    }
  });

  it('A cookie without the exact prefix __Host-, which a sibling domain could set, is ignored', async () => {
    const mallory = await openBrowser({ secure: false }).ask();
    expect(mallory.cookie).toMatch(/^coze-visitor=/);
    expect(await subjectWith(mallory.cookie)).not.toBe(mallory.body['subject']);
    expect(await subjectWith(mallory.cookie.replace('coze', '__host-coze'))).not.toBe(mallory.body['subject']);
  });

  it('An anonymous visitor who sends a user id gets 403', async () => {
    expect((await openBrowser().ask({ user_id: 'alice' })).status).toBe(403);
  });

  it.each<[object, RegExp]>([
    [
      { cookieSecret: undefined },
      /cookieSecret: must have at least 32 bytes, and is empty: most often the environment variable for it is not set/,
    ],
    [{ cookieSecret: null }, /and is empty/],
    [
      { cookieSecret: '' },
      /cookieSecret: must have at least 32 bytes, and is empty: most often the environment variable for it is not set/,
    ],
    [{ cookieSecret: 'short' }, /cookieSecret: must have at least 32 bytes; make one with: openssl rand -hex 32$/],
    [{ cookieSecret: COOKIE_SECRET, cookieName: 'a b' }, /cookieName/],
    [{ cookieSecret: COOKIE_SECRET, sameSite: 'none', secure: false }, /secure/],
  ])('anonymousVisitor() throws a ServerConfigurationError for the options %j', (options, message) => {
    const create = () => anonymousVisitor(options as AnonymousVisitorOptions);
    expect(create).toThrow(ServerConfigurationError);
    expect(create).toThrow(message);
  });
});

describe('Several strategies to identify a visitor', () => {
  const asked = (answer: unknown, log: string[], name: string) => () => {
    log.push(name);
    return answer as null;
  };

  const run = async (...answers: readonly unknown[]) => {
    const log: string[] = [];
    const identify = firstIdentityOf(...answers.map((answer, index) => asked(answer, log, String(index))));
    const { endpoint } = arrange({ identify });
    const response = await endpoint(tokenRequest());
    return { status: response.status, log };
  };

  it('Strategies are called in order until one identifies the visitor', async () => {
    expect(await run(null, { id: 'alice' }, { id: 'bob' })).toEqual({ status: 200, log: ['0', '1'] });
  });

  it('The endpoint answers 401 when no strategy identifies the visitor', async () => {
    expect(await run(null, null)).toEqual({ status: 401, log: ['0', '1'] });
  });

  it('A visitor whose proof is refused gets 401 and does not become anonymous', async () => {
    expect(await run({ refused: 'token_expired' }, { id: 'anonymous' })).toEqual({ status: 401, log: ['0'] });
  });

  it('A strategy that returns undefined is an error, and the visitor does not become anonymous', async () => {
    expect(await run(undefined, { id: 'anonymous' })).toEqual({ status: 500, log: ['0'] });
  });
});
