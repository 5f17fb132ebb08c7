import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { createHost, type HostOptions, type PreviewConfig } from '../../../demo/host/host.js';
import { startHost } from '../../../demo/host/start-host.js';
import { startSharedApp } from '../../support/stand-in.js';

let coze: CozeStandIn;
let embedDir: string;
let host: Hono;

beforeAll(async () => {
  coze = await startSharedApp();
  embedDir = await mkdtemp(join(tmpdir(), 'embed-'));
  await writeFile(join(embedDir, 'define.js'), 'export {};');
});

afterAll(async () => {
  await coze.stop();
  await rm(embedDir, { recursive: true });
});

beforeEach(() => {
  coze.resetFaults();
  coze.clearRequests();
  host = createHost(hostOptions());
});

const hostOptions = (overrides: Partial<HostOptions> = {}): HostOptions => ({
  oauthConfig: coze.oauthConfig,
  botId: coze.botId,
  embedDir,
  capTokenLifeSeconds: (seconds) => coze.setFaults({ maxTokenLifeSeconds: seconds }),
  ...overrides,
});

/** One browser: keeps cookies and sends each only to the path it was set for. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async send(method: string, path: string, body?: object): Promise<Response> {
    const response = await host.request(path, {
      method,
      headers: {
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
        cookie: this.cookieFor(path),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  cookieFor(path: string): string {
    return [...this.#cookies].find(([cookiePath]) => path.startsWith(`${cookiePath}/`))?.[1] ?? '';
  }

  #keep(cookie: string): void {
    const [pair = ''] = cookie.split(';');
    const path = /path=([^;]+)/i.exec(cookie)?.[1] ?? '/';
    if (/max-age=0/i.test(cookie)) this.#cookies.delete(path);
    else this.#cookies.set(path, pair);
  }

  logIn(pane: string, user: string): Promise<Response> {
    return this.send('POST', `/visitors/${pane}/session`, { user });
  }

  requestToken(pane: string, endpoint: 'token' | 'shared-token' = 'token'): Promise<Response> {
    return this.send('POST', `/visitors/${pane}/api/coze/${endpoint}`, { reason: 'initial' });
  }
}

const sessionNames = (): readonly (string | undefined)[] => coze.requests.map(({ sessionName }) => sessionName);

describe('Log-in at the preview host', () => {
  it('Each of the two panes of one browser has its own signed-in user', async () => {
    const browser = new Browser();
    await browser.logIn('left', 'alice');
    await browser.logIn('right', 'bob');

    expect(await (await browser.send('GET', '/visitors/left/session')).json()).toMatchObject({ user: { id: 'alice', name: 'Alice' } });
    expect(await (await browser.send('GET', '/visitors/right/session')).json()).toMatchObject({ user: { id: 'bob', name: 'Bob' } });
  });

  it('The cookie of one pane signs nobody in when it is sent to the other pane', async () => {
    const browser = new Browser();
    await browser.logIn('left', 'alice');

    const response = await host.request('/visitors/right/session', { headers: { cookie: browser.cookieFor('/visitors/left/session') } });

    expect(await response.json()).toEqual({ user: null });
  });

  it('The log-in cookie is HttpOnly, SameSite=Lax and limited to the path of its pane', async () => {
    const response = await new Browser().logIn('left', 'alice');

    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/; Path=\/visitors\/left\b/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
  });

  it('A new log-in ends the previous session of the pane', async () => {
    const browser = new Browser();
    await browser.logIn('left', 'alice');
    const oldCookie = browser.cookieFor('/visitors/left/session');
    await browser.logIn('left', 'bob');

    const response = await host.request('/visitors/left/session', { headers: { cookie: oldCookie } });

    expect(browser.cookieFor('/visitors/left/session')).not.toBe(oldCookie);
    expect(await response.json()).toEqual({ user: null });
  });

  it.each([{ user: 'mallory' }, { user: 1 }, {}])('A log-in with the body %j is rejected with 400', async (body) => {
    const response = await new Browser().send('POST', '/visitors/left/session', body);

    expect(response.status).toBe(400);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});

describe('Token endpoint of the preview host', () => {
  it('Each visitor gets the same subject for every token, and different visitors get different ones', async () => {
    const browser = new Browser();
    await browser.logIn('left', 'alice');
    await browser.logIn('right', 'bob');

    const subjects: string[] = [];
    for (const pane of ['left', 'right', 'left', 'right']) {
      const token = (await (await browser.requestToken(pane)).json()) as { subject: string };
      subjects.push(token.subject);
    }

    const [alice, bob] = subjects;
    expect(alice).not.toBe(bob);
    expect(subjects).toEqual([alice, bob, alice, bob]);
    expect(new Set(sessionNames()).size).toBe(2);
  });

  it('The same user has the same subject and the same session name in both panes', async () => {
    const browser = new Browser();
    await browser.logIn('left', 'alice');
    await browser.logIn('right', 'alice');

    const subjectIn = async (pane: string) => ((await (await browser.requestToken(pane)).json()) as { subject: unknown }).subject;
    const subjects = [await subjectIn('left'), await subjectIn('right')];

    expect(subjects).toEqual([subjects[0], subjects[0]]);
    expect(subjects[0]).toMatch(/./);
    expect([new Set(sessionNames()).size, sessionNames().length]).toEqual([1, 2]);
  });

  it('The session name changes with the first token after another log-in', async () => {
    const browser = new Browser();
    await browser.logIn('left', 'alice');
    await browser.requestToken('left');
    await browser.logIn('left', 'bob');
    await browser.requestToken('left');

    expect(new Set(sessionNames()).size).toBe(2);
  });

  it.each(['token', 'shared-token'] as const)('The endpoint %s answers 401 before log-in and after sign-out', async (endpoint) => {
    const browser = new Browser();
    expect((await browser.requestToken('left', endpoint)).status).toBe(401);

    await browser.logIn('left', 'alice');
    const cookie = browser.cookieFor('/visitors/left/session');
    await browser.send('DELETE', '/visitors/left/session');
    const replayed = await host.request(`/visitors/left/api/coze/${endpoint}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie },
      body: '{"reason":"initial"}',
    });

    expect((await browser.requestToken('left', endpoint)).status).toBe(401);
    expect(replayed.status).toBe(401);
    expect(coze.requests).toEqual([]);
  });
});

describe('Shared token of the preview host', () => {
  it('A shared token has no session name for any user, and keeps the form that Coze gives it', async () => {
    const browser = new Browser();
    await browser.logIn('left', 'alice');
    await browser.logIn('right', 'bob');

    const response = await browser.requestToken('left', 'shared-token');
    await browser.requestToken('right', 'shared-token');

    const token = (await response.json()) as { access_token: string; expires_in: number };
    expect(token.access_token).toMatch(/^czs_/);
    expect(token.expires_in).toBeGreaterThan(Date.now() / 1000);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(sessionNames()).toEqual(['', '']);
  });

  it('The endpoint for shared tokens answers 502 without details when Coze rejects the assertion', async () => {
    coze.setFaults({ oauth: 'reject-jwt' });
    const browser = new Browser();
    await browser.logIn('left', 'alice');

    const response = await browser.requestToken('left', 'shared-token');

    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ error: 'upstream_unavailable' });
  });
});

describe('Token lifetime of the preview host', () => {
  const lifeOf = async (browser: Browser): Promise<number> =>
    ((await (await browser.requestToken('left')).json()) as { expires_in: number }).expires_in;

  it('A token lives for a minute at first, and then as long as chosen', async () => {
    const browser = new Browser();
    await browser.logIn('left', 'alice');
    const first = await lifeOf(browser);
    const choice = await browser.send('PUT', '/preview/token-life', { seconds: 15 });

    expect(choice.status).toBe(204);
    expect(first).toBeGreaterThan(50);
    expect(first).toBeLessThanOrEqual(60);
    expect(await lifeOf(browser)).toBeLessThanOrEqual(15);
  });

  it('A token lifetime of an hour can be chosen', async () => {
    const browser = new Browser();
    await browser.logIn('left', 'alice');
    await browser.send('PUT', '/preview/token-life', { seconds: 3600 });

    expect(await lifeOf(browser)).toBeGreaterThan(3500);
  });

  it.each([14, 3601, 20.5, '60', null])('A token lifetime of %j seconds is rejected with 400', async (seconds) => {
    expect((await new Browser().send('PUT', '/preview/token-life', { seconds })).status).toBe(400);
  });

  it('The token lifetime cannot be below 15 minutes with the real service', async () => {
    host = createHost(hostOptions({ capTokenLifeSeconds: undefined }));
    const browser = new Browser();
    await browser.logIn('left', 'alice');

    const config = (await (await browser.send('GET', '/preview/config')).json()) as PreviewConfig;
    const tooShort = await browser.send('PUT', '/preview/token-life', { seconds: 899 });
    const shortest = await browser.send('PUT', '/preview/token-life', { seconds: 900 });

    expect(config).toMatchObject({ usesStandIn: false, tokenLife: { seconds: 3600, choicesSeconds: [900, 3600, 14_400, 86_399] } });
    expect([tooShort.status, shortest.status]).toEqual([400, 204]);
    expect(await lifeOf(browser)).toBeLessThanOrEqual(900);
  });
});

describe('Simulated outage of the preview host', () => {
  it('Both token endpoints answer 503 until the outage ends', async () => {
    const browser = new Browser();
    await browser.logIn('left', 'alice');
    await browser.send('PUT', '/preview/outage', { seconds: 60 });
    const during = [await browser.requestToken('left'), await browser.requestToken('left', 'shared-token')];
    await browser.send('PUT', '/preview/outage', { seconds: 0 });

    expect(during.map(({ status }) => status)).toEqual([503, 503]);
    expect((await browser.requestToken('left')).status).toBe(200);
  });

  it('Log-in works during an outage', async () => {
    const browser = new Browser();
    await browser.send('PUT', '/preview/outage', { seconds: 60 });

    expect((await browser.logIn('left', 'alice')).status).toBe(200);
  });

  it.each([-1, 121, 0.5])('An outage of %j seconds is rejected with 400', async (seconds) => {
    expect((await new Browser().send('PUT', '/preview/outage', { seconds })).status).toBe(400);
  });
});

describe('Pages and files of the preview host', () => {
  it('The config for the page contains the API URL and the bot ids, and no secret', async () => {
    const text = await (await host.request('/preview/config')).text();

    expect(JSON.parse(text)).toMatchObject({ apiBaseUrl: coze.origin, botIds: { en: coze.botId, 'zh-CN': coze.botId }, usesStandIn: true });
    expect(text).not.toContain(coze.oauthConfig.public_key_id);
    expect(text).not.toContain('PRIVATE KEY');
  });

  it('The built package is served as JavaScript to any origin', async () => {
    const response = await host.request('/coze-chat-embed/define.js');

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('An account has an avatar in SVG', async () => {
    const response = await host.request('/avatars/alice.svg');

    expect(response.headers.get('content-type')).toBe('image/svg+xml');
    expect(await response.text()).toMatch(/^<svg /);
  });

  it('Extra headers are sent with pages, files and answers, and extra pages are served', async () => {
    const policy = "default-src 'self'";
    host = createHost(hostOptions({ responseHeaders: { 'content-security-policy': policy }, pages: { '/hostile': '<p>hostile</p>' } }));

    const responses = await Promise.all(
      ['/hostile', '/coze-chat-embed/define.js', '/preview/config', '/nowhere'].map((path) => host.request(path)),
    );

    expect(responses.map(({ headers }) => headers.get('content-security-policy'))).toEqual([policy, policy, policy, policy]);
    expect(await responses[0]?.text()).toBe('<p>hostile</p>');
  });
});

describe('startHost()', () => {
  it('startHost() listens on a free port until it is stopped', async () => {
    const running = await startHost({ ...hostOptions(), port: 0 });
    const address = running.origin.replace('localhost', '127.0.0.1');
    const response = await fetch(`${address}/preview/config`);
    await response.text();
    await running.stop();

    expect(running.origin).toMatch(/^http:\/\/localhost:\d+$/);
    expect(response.status).toBe(200);
    await expect(fetch(`${address}/preview/config`)).rejects.toThrow();
  });

  it('startHost() rejects with EADDRINUSE when the port is taken', async () => {
    const running = await startHost({ ...hostOptions(), port: 0 });
    const port = Number(new URL(running.origin).port);

    await expect(startHost({ ...hostOptions(), port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await running.stop();
  });
});
