import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import { wholeChromiumLaunchOptions } from '../support/chromium.mjs';
import type { PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;

setUpWorld((created) => (world = created));

/** Token requests of a page from now on; the count is live. */
function countTokenRequests(page: Page): { count: number } {
  const seen = { count: 0 };
  page.on('request', (request) => {
    if (request.url().endsWith('/api/coze/token')) seen.count++;
  });
  return seen;
}

const expiredRequests = () => world.coze.requests.filter(({ token }) => token === 'expired');

const signOut = (chat: PaneChat): Promise<void> => chat.element.evaluate((element: CozeChatElement) => element.signOut());

const nextIdentityChange = (chat: PaneChat): Promise<string> =>
  chat.element.evaluate(
    (element: CozeChatElement) =>
      new Promise<string>((resolve) => element.addEventListener('coze-identity-change', ({ cause }) => resolve(cause), { once: true })),
  );

describe('Page after an interruption', () => {
  /** Longer than a token's lifetime. */
  const awayMs = 5_000;
  const tokenLifeSeconds = 4;

  test('A page that was offline for five seconds sends the message of that time, and the next one', async () => {
    world.coze.setFaults({ maxTokenLifeSeconds: tokenLifeSeconds });
    const context = await world.newContextWithClock();
    const { page, chat, chatPage } = await openChat({ context, expectedErrors: [/ERR_INTERNET_DISCONNECTED/] });
    await chat.ask('before');

    await page.context().setOffline(true);
    await world.passTime(chatPage, awayMs);
    await chat.send('meanwhile');
    await page.context().setOffline(false);

    await chat.answerTo('meanwhile').waitFor();
    await chat.ask('afterwards');
    expect(await chat.text()).not.toMatch(/Not sent/i);
    expect(expiredRequests()).toEqual([]);
  });

  test('A page that was suspended for longer than a token lives sends the next message with a new token', async () => {
    world.coze.setFaults({ maxTokenLifeSeconds: tokenLifeSeconds });
    const { page, chat } = await openChat();
    await chat.ask('before');
    await page.evaluate(recordLongestPause);

    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Debugger.enable');
    // `Page.setWebLifecycleState` freezes hidden pages only, and Playwright keeps every page visible.
    const paused = new Promise((resolve) => devTools.once('Debugger.paused', resolve));
    await devTools.send('Debugger.pause');
    await paused;
    // Real seconds, because Chromium itself is frozen, by its own clock.
    await new Promise((resolve) => setTimeout(resolve, awayMs));
    await devTools.send('Debugger.resume');
    await devTools.detach();

    await chat.ask('after the sleep');
    expect(await page.evaluate(() => Number(document.documentElement.dataset['longestPauseMs']))).toBeGreaterThan(tokenLifeSeconds * 1000);
    expect(await chat.text()).not.toMatch(/Not sent/i);
    expect(expiredRequests()).toEqual([]);
  });
});

describe('Hidden tab', () => {
  test('A hidden tab requests no token, and requests one as soon as it is visible', async () => {
    const context = await world.newContextWithClock();
    await commandVisibility(context);
    const { page, chat } = await openChat({ context });
    await chat.ask('before');
    const requests = countTokenRequests(page);

    await passMinutes(page, 40);
    await expect.poll(() => requests.count).toBe(1);

    await setVisibility(page, 'hidden');
    await passMinutes(page, 40);
    await passMinutes(page, 80);
    expect(requests.count).toBe(1);

    await setVisibility(page, 'visible');
    await expect.poll(() => requests.count).toBe(2);
    await chat.ask('good to be back');
  });
});

test('A tab that becomes visible after Bob has signed in without a chat shows nothing of Alice, and reports the change', async () => {
  const context = await world.newContextWithClock();
  await commandVisibility(context);
  const { chatPage, page, chat } = await openChat({ context });
  await chat.ask('alice keeps a secret');
  await setVisibility(page, 'hidden');
  await passMinutes(page, 2);
  await chatPage.signIn('left', 'bob');
  expect(await chat.text()).toContain('alice keeps a secret');

  const change = page.evaluate(
    () => new Promise((resolve) => document.addEventListener('coze-identity-change', (event) => resolve(Reflect.get(event, 'cause')))),
  );
  await setVisibility(page, 'visible');
  expect(await change).toBe('detected');
  await chat.ask('hello from bob');
  expect(await chat.text()).not.toContain('alice');
});

describe('Back-forward cache', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ ...wholeChromiumLaunchOptions(), ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  });
  afterAll(() => browser.close());

  test('The back-forward cache restores nothing of Alice’s chat after her log-out', async () => {
    const { chatPage, page, chat } = await leaveAlicesChat();
    await chatPage.signOut('left');
    expect(await restore(page)).toEqual([{ isRestored: true, frames: 0, text: expect.not.stringContaining('alice') as string }]);
    await chat.element.getByText('You are signed out').waitFor();
  });

  test('A restored page shows Bob, who has signed in meanwhile, only his own chat', async () => {
    const { chatPage, page, chat } = await leaveAlicesChat();
    await chatPage.signIn('left', 'bob');
    expect(await restore(page)).toEqual([{ isRestored: true, frames: 0, text: expect.not.stringContaining('alice') as string }]);
    // Playwright does not notice an iframe that is created while the page is restored, so the test looks from inside the page.
    await chat.untilStatus('ready');
    const answer = await chat.element.evaluate((element: CozeChatElement) => element.sendMessage('hello from bob'));
    expect(answer.text).toBe('You said: hello from bob');
    expect(await chat.element.evaluate((element) => element.shadowRoot?.querySelector('iframe')?.contentDocument?.body.innerText)).toMatch(
      /^(?!.*alice).*hello from bob/s,
    );
  });

  async function leaveAlicesChat() {
    const context = await world.newContext(browser);
    await context.addInitScript(recordReturns);
    world.host.pages.set(
      '/elsewhere',
      new Response('<!doctype html><title>Elsewhere</title>', { headers: { 'content-type': 'text/html' } }),
    );
    const opened = await openChat({ context, expectedErrors: [/status of 401/] });
    await opened.chat.ask('alice keeps a secret');
    await opened.page.goto(`${world.host.origin}/elsewhere`);
    return opened;
  }

  async function restore(page: Page): Promise<readonly Return[]> {
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForFunction(() => Array.isArray(Reflect.get(window, 'returns')));
    return page.evaluate(() => Reflect.get(window, 'returns') as Return[]);
  }
});

describe('Two tabs of one browser', () => {
  test('A log-in as Bob in the second tab removes Alice’s chat from the first, without a token on the channel', async () => {
    const context = await world.newContext();
    await context.addInitScript(recordBroadcasts);
    const first = await openChat({ context });
    await first.chat.ask('alice keeps a secret');
    const change = nextIdentityChange(first.chat);
    const second = await openChat({ context, user: 'bob' });

    expect(await change).toBe('detected');
    await first.chat.ask('hello from the first tab');
    expect(await first.chat.text()).not.toContain('alice');
    await second.chat.ask('hello from the second tab');

    const broadcasts = (await Promise.all([first.page, second.page].map(broadcastsOf))).flat();
    expect(broadcasts.map((message) => Object.keys(message).sort())).toContainEqual(['scope', 'subject']);
    expect(JSON.stringify(broadcasts)).not.toMatch(/czs_|token":/);
    expect(new Set(broadcasts.flatMap((message) => Object.keys(message)))).toEqual(new Set(['scope', 'subject']));
  });

  test('A log-in as Bob removes Alice’s chat from a hidden tab at once, which requests no token until it is visible', async () => {
    const context = await world.newContext();
    await commandVisibility(context);
    const first = await openChat({ context });
    await first.chat.ask('alice keeps a secret');
    await setVisibility(first.page, 'hidden');
    const requests = countTokenRequests(first.page);

    await openChat({ context, user: 'bob' });
    await first.chat.element.locator('iframe').waitFor({ state: 'detached' });
    expect(requests.count).toBe(0);

    await setVisibility(first.page, 'visible');
    await first.chat.ask('hello from bob');
    expect(await first.chat.text()).not.toContain('alice');
  });
});

describe('Chat after signOut()', () => {
  test('A page after signOut() requests no token and calls no API, after an error, any time or event', async () => {
    const context = await world.newContextWithClock();
    const { page, chat } = await openChat({ context, expectedErrors: [/status of 401/] });
    await chat.ask('before');

    // The error response, and the SDK's request for another token, would only arrive after the chat is gone.
    world.coze.setFaults({ rejectAllTokens: true, expiredOnChat: 'http-401', allDelayMs: 500 });
    const sent = page.waitForRequest((request) => new URL(request.url()).pathname === '/v3/chat');
    await chat.send('is anybody there');
    await sent;
    await signOut(chat);

    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    // Past the response that is no longer waited for.
    await page.waitForTimeout(1_000);
    await page.evaluate(() => {
      document.dispatchEvent(new Event('visibilitychange'));
      window.dispatchEvent(new Event('online'));
    });
    await passMinutes(page, 120);
    expect(requests.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([]);
    expect(await chat.status()).toBe('signed-out');
  });
});

describe('Caching service worker', () => {
  test('A service worker that caches everything brings no old token into the chat', async () => {
    world.host.pages.set('/service-worker.js', new Response(CACHING_WORKER, { headers: { 'content-type': 'text/javascript' } }));
    const { page, chat, chatPage } = await openChat({ expectedErrors: [/status of 401/] });
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/service-worker.js', { scope: '/' });
      await navigator.serviceWorker.ready;
    });
    await chatPage.load();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await chat.ask('before');
    world.coze.expireTokens();
    await chat.ask('after');
    expect(await chat.text()).not.toMatch(/Not sent/i);
  });
});

interface OpenChatOptions {
  readonly user?: 'alice' | 'bob';
  readonly context?: BrowserContext;
  readonly expectedErrors?: readonly RegExp[];
}

async function openChat({ user = 'alice', ...options }: OpenChatOptions = {}) {
  const chatPage = await world.open({ signedIn: { left: user }, ...options });
  return { chatPage, page: chatPage.page, chat: chatPage.chat() };
}

/** Chromium treats every page of a test as visible; from here on the test sets the visibility. */
async function commandVisibility(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    Object.defineProperty(document, 'visibilityState', {
      get: () => document.documentElement?.getAttribute('data-visibility') ?? 'visible',
    });
  });
}

async function setVisibility(page: Page, visibility: DocumentVisibilityState): Promise<void> {
  await page.evaluate((value) => {
    document.documentElement.setAttribute('data-visibility', value);
    document.dispatchEvent(new Event('visibilitychange'));
  }, visibility);
}

/** Afterwards every resulting request has been recorded. */
async function passMinutes(page: Page, minutes: number): Promise<void> {
  await page.clock.fastForward(minutes * 60_000);
  await page.evaluate(() => fetch('/favicon.ico').then(() => undefined));
}

/** Records the longest time without a task in the attribute `data-longest-pause-ms`. */
function recordLongestPause(): void {
  let longestMs = 0;
  let lastMs = Date.now();
  setInterval(() => {
    longestMs = Math.max(longestMs, Date.now() - lastMs);
    lastMs = Date.now();
    document.documentElement.dataset['longestPauseMs'] = String(longestMs);
  }, 50);
}

/** The page's content when it was shown again, before any script of the page could change it. */
interface Return {
  readonly isRestored: boolean;
  readonly frames: number;
  readonly text: string;
}

/** Runs before the page's own scripts, so its listener is called first. */
function recordReturns(): void {
  if (window !== window.top) return;
  const frameText = (frame: HTMLIFrameElement): string => frame.contentDocument?.documentElement.textContent ?? '';
  window.addEventListener('pageshow', ({ persisted }) => {
    const roots = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot === null ? [] : [shadowRoot]));
    const frames = [document, ...roots].flatMap((root) => [...root.querySelectorAll('iframe')]);
    const text = [document.body.textContent, ...roots.map((root) => root.textContent), ...frames.map(frameText)].join('\n');
    if (persisted) Reflect.set(window, 'returns', [{ isRestored: persisted, frames: frames.length, text }]);
  });
}

function recordBroadcasts(): void {
  const { postMessage } = BroadcastChannel.prototype;
  const broadcasts: unknown[] = [];
  Reflect.set(window, 'broadcasts', broadcasts);
  BroadcastChannel.prototype.postMessage = function (this: BroadcastChannel, message: unknown): void {
    broadcasts.push(structuredClone(message));
    postMessage.call(this, message);
  };
}

const broadcastsOf = (page: Page): Promise<object[]> => page.evaluate(() => Reflect.get(window, 'broadcasts') as object[]);

/** A service worker as many sites have copied it: responds from the cache if possible, else from the network, and caches the response. */
const CACHING_WORKER = `
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  event.respondWith((async () => {
    const cached = await caches.match(event.request, { ignoreMethod: true });
    if (cached !== undefined) return cached;
    const response = await fetch(event.request);
    const cache = await caches.open('everything');
    await cache.put(event.request, response.clone()).catch(() => {});
    return response;
  })());
});`;
