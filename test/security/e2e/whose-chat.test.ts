/** M3, M6, L3 and L5 in real pages: whose chat is shown, which requests confirm that, and what leaves the browser. */
import type { BrowserContext, Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import { anonymousVisitor, createTokenEndpoint, fromCozeOAuthConfig } from '../../../src/server/index.js';
import type { ChatPage, PaneChat } from '../../e2e/support/chat-page.js';
import { blur, focus, trackFocus } from '../../e2e/support/window-focus.js';
import { setUpWorld, type World } from '../../e2e/support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const signedIn = { left: 'alice' } as const;
const TOKEN_PATH = '**/visitors/left/api/coze/token';
const FRESH_MS = 30_000;

/** A browser in which only one window has the focus at a time, as on a desktop. */
async function newBrowser(): Promise<BrowserContext> {
  const context = await world.newContextWithClock();
  await trackFocus(context);
  return context;
}

interface TokenRequests {
  readonly reasons: string[];
}

function watchTokenRequests(page: Page): TokenRequests {
  const reasons: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/coze/token')) reasons.push(String((request.postDataJSON() as { reason: unknown }).reason));
  });
  return { reasons };
}

const chats = (): readonly string[] => world.coze.requests.filter(({ path }) => path === '/v3/chat').map(({ requestText }) => requestText);
const exchanges = (): number => world.coze.requests.filter(({ path }) => path === '/api/permission/oauth2/token').length;

/** Waits until Alice's messages are no longer visible. */
const untilGone = (chat: PaneChat): Promise<void> => expect.poll(() => chat.text().catch(() => 'alice')).not.toContain('alice');

/** Two windows side by side: a chat of Alice, and a page of the site without a chat, where Bob signs in. */
async function openTwoWindows() {
  // No token may expire meanwhile.
  world.coze.setFaults({ maxTokenLifeSeconds: undefined });
  const context = await newBrowser();
  const page = await world.open({ context, signedIn, expectedErrors: [/status of (401|503)/, /Failed to load/] });
  await page.chat().ask('alice keeps a secret');
  const requests = watchTokenRequests(page.page);
  return { context, page, chat: page.chat(), requests };
}

const pass = (page: ChatPage, ms: number): Promise<void> => world.passTime(page, ms);

describe('Window beside another one', () => {
  test.each(['page', 'frame'] as const)('A window shows nothing of Alice to Bob as soon as its %s has the focus', async (where) => {
    const { page, chat, requests } = await openTwoWindows();
    await blur(page.page);
    await page.signIn('left', 'bob');
    await pass(page, FRESH_MS);
    expect([requests.reasons, await chat.text()]).toEqual([[], expect.stringContaining('alice keeps a secret')]);
    await focus(page.page, where);
    await untilGone(chat);
    await chat.ask('hello from bob');
    expect(requests.reasons[0]).toBe('verify');
    expect(await chat.text()).not.toContain('alice');
  });

  test('A window that gets the focus earlier sends the verification as soon as 30 s are over', async () => {
    const { page, chat, requests } = await openTwoWindows();
    await blur(page.page);
    await page.page.clock.runFor(1);
    await page.signIn('left', 'bob');
    await focus(page.page, 'page');
    expect(requests.reasons).toEqual([]);
    await page.page.clock.runFor(FRESH_MS);
    await untilGone(chat);
    await chat.ask('hello from bob');
    expect(await chat.text()).not.toContain('alice');
  });

  test('A verification causes no exchange and no visible change', async () => {
    const { page, chat, requests } = await openTwoWindows();
    const before = exchanges();
    await blur(page.page);
    await pass(page, FRESH_MS);
    await focus(page.page, 'page');
    await expect.poll(() => requests.reasons).toEqual(['verify']);
    await chat.ask('alice goes on');
    expect([exchanges() - before, await chat.text()]).toEqual([0, expect.stringContaining('alice keeps a secret')]);
  });
});

describe('Message in a chat whose visitor may have changed', () => {
  test('A message that Bob writes into Alice’s chat in a window that nobody has left is not sent as Alice’s', async () => {
    const { page, chat } = await openTwoWindows();
    await page.signIn('left', 'bob');
    await pass(page, FRESH_MS);
    await chat.input.fill('bob writes this');
    await chat.input.press('Enter');
    await untilGone(chat);
    expect(chats().filter((text) => text.includes('bob writes this'))).toEqual([]);
  });

  test('A message after a return stays in the field while the endpoint does not respond, and is sent with a later Enter', async () => {
    const { page, chat } = await openTwoWindows();
    await page.page.route(TOKEN_PATH, () => {});
    await blur(page.page);
    await page.page.clock.runFor(FRESH_MS);
    await focus(page.page, 'page');
    await chat.input.fill('who am I');
    await chat.input.press('Enter');
    await chat.input.press('Enter');
    await page.page.clock.runFor(2_500);
    await chat.frame.getByText('Not sent: your identity could not be confirmed').waitFor();
    expect([await chat.input.inputValue(), chats().length]).toEqual(['who am I', 1]);
    await page.page.unroute(TOKEN_PATH);
    await page.page.clock.runFor(15_000);
    await expect
      .poll(async () => {
        await chat.input.press('Enter');
        return chat.input.inputValue();
      })
      .toBe('');
    await chat.answerTo('who am I').waitFor();
    expect(chats()).toHaveLength(2);
  });

  test('A message of a visitor who has not left the window is sent during an outage', async () => {
    const { page, chat } = await openTwoWindows();
    await page.page.route(TOKEN_PATH, (route) => route.fulfill({ status: 503, json: { error: 'upstream_unavailable' } }));
    await pass(page, FRESH_MS);
    await chat.ask('alice notices nothing');
    expect(await chat.text()).not.toMatch(/Not sent/i);
  });
});

describe('Sign-out in another tab', () => {
  const signOut = (chat: PaneChat): Promise<void> => chat.element.evaluate((element: CozeChatElement) => element.signOut());

  test('A sign-out that another tab announces too early is verified until it is true', async () => {
    const { context, page, chat, requests } = await openTwoWindows();
    const other = await world.open({ context, signedIn, expectedErrors: [/status of 401/] });
    await other.chat().untilIdle();
    requests.reasons.length = 0;
    let endSession = (): void => undefined;
    const sessionEnded = new Promise<void>((resolve) => (endSession = resolve));
    // The first request is answered while the session lasts, the next one once it has ended.
    let asked = 0;
    await page.page.route(TOKEN_PATH, async (route) => {
      if (++asked > 1) await sessionEnded;
      await route.continue();
    });
    const stillSignedIn = page.page.waitForResponse(TOKEN_PATH);
    await signOut(other.chat());
    expect((await stillSignedIn).status()).toBe(200);
    expect(await chat.text()).toContain('alice');
    await page.signOut('left');
    endSession();
    await page.page.clock.runFor(2_000);
    await chat.element.getByText('You are signed out').waitFor();
    expect(requests.reasons).toEqual(['verify', 'verify']);
  });

  test('A sign-out in another tab removes the chat within 2.5 s if the endpoint does not respond', async () => {
    const { context, page, chat } = await openTwoWindows();
    const other = await world.open({ context, signedIn, expectedErrors: [/status of 401/] });
    await other.chat().untilIdle();
    let asked = 0;
    await page.page.route(TOKEN_PATH, () => void asked++);
    await signOut(other.chat());
    await expect.poll(() => asked).toBe(1);
    await page.page.clock.runFor(2_400);
    expect(await chat.element.locator('iframe').count()).toBe(1);
    await page.page.clock.runFor(100);
    await expect.poll(() => chat.element.evaluate((element) => element.shadowRoot?.textContent ?? '')).not.toContain('alice');
    expect(await chat.status()).toBe('authorizing');
  });
});

test('Bob gets his own conversation although a gateway lets browsers cache the API’s responses', async () => {
  world.coze.setFaults({ cacheControl: 'private, max-age=600' });
  const page = await world.open({ signedIn, attributes: { 'user-id': 'alice' } });
  await page.chat().ask('alice says first');
  await page.signIn('left', 'bob');
  await page.chat().element.evaluate((element: CozeChatElement) => (element.userId = 'bob'));
  await page.chat().ask('hello from bob');
  expect(await page.chat().text()).not.toContain('alice');
});

describe('Replaced getToken function', () => {
  test('A getToken of another visitor removes the former visitor’s chat at once', async () => {
    const page = await world.open({ signedIn: { left: 'alice', right: 'bob' }, attributes: { loading: 'intent', mode: 'bubble' } });
    const take = (pane: string): Promise<void> =>
      page.chat().element.evaluate((element: CozeChatElement, pane) => {
        element.getToken = async ({ reason }) =>
          (await fetch(`/visitors/${pane}/api/coze/token`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ reason }),
          }).then((response) => response.json())) as never;
      }, pane);
    await take('left');
    await page.chat().element.evaluate((element: CozeChatElement) => element.show());
    await page.chat().ask('alice keeps a secret');
    await take('right');
    await expect
      .poll(() =>
        page
          .chat()
          .text()
          .catch(() => 'alice'),
      )
      .not.toContain('alice');
    await page.chat().ask('hello from bob');
  });
});

describe('Visitors without an account', () => {
  /** @param keepsCookies whether the browser accepts the endpoint's cookies */
  async function openAnonymous(chatCount: number, keepsCookies: boolean) {
    const endpoint = createTokenEndpoint({
      oauth: fromCozeOAuthConfig(world.coze.oauthConfig),
      identify: anonymousVisitor({ cookieSecret: 'a secret of the host, 32 bytes or more', secure: false }),
    });
    const context = await world.newContext();
    const subjects: string[] = [];
    await context.route('**/visitors/*/api/coze/token', async (route) => {
      const request = route.request();
      const headers = await request.allHeaders();
      const response = await endpoint(
        new Request(request.url(), {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie: headers['cookie'] ?? '' },
          body: request.postData() ?? '',
        }),
      );
      const body = (await response.json()) as { subject: string };
      subjects.push(body.subject);
      const setCookie = keepsCookies ? response.headers.get('set-cookie') : null;
      await route.fulfill({ status: response.status, json: body, headers: setCookie === null ? {} : { 'set-cookie': setCookie } });
    });
    const panes = Array.from({ length: chatCount }, (_, index) => `pane${index}`);
    const page = await world.open({ context, signedIn: {}, body: '' });
    const url = world.host.put({
      signedIn: Object.fromEntries(panes.map((pane) => [pane, 'alice'])),
      // By default a pane has an endpoint of its own; these share one.
      attributes: { 'token-endpoint': '/visitors/pane0/api/coze/token' },
    });
    await page.page.goto(url);
    return { page, subjects };
  }

  test('Two chats that begin at once on a page have the same anonymous visitor', async () => {
    const { page, subjects } = await openAnonymous(2, true);
    await Promise.all(['pane0', 'pane1'].map((pane) => page.chat(pane).untilIdle()));
    expect(new Set(subjects).size).toBe(1);
  });

  test('A visitor whose browser keeps no cookies reads at once why there is no chat, and again after a retry', async () => {
    const { page } = await openAnonymous(1, false);
    const chat = page.chat('pane0');
    await chat.element.getByText('Cookies are blocked').waitFor();
    expect(await chat.status()).toBe('failed');
    const error = chat.element.evaluate(
      (element: CozeChatElement) =>
        new Promise((resolve) => element.addEventListener('coze-error', ({ code }) => resolve(code), { once: true })),
    );
    await chat.element.getByRole('button', { name: 'Try again' }).click();
    expect(await error).toBe('cookies_blocked');
  });
});
