import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import type { ChatPage } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const alice = { left: 'alice' } as const;
const HOSTILE_STYLES = `<style>
  html { font-size: 33px }
  * { color: green !important; font-size: 33px; box-sizing: content-box; line-height: 3 }
  button, p, div { border: 5px solid red; text-transform: uppercase; letter-spacing: 9px }
</style>`;

/** Computed styles of every element in the chat's frame. */
async function looks(page: ChatPage): Promise<string[]> {
  await page.chat().send('table');
  await page.chat().frame.getByText('What did I say?').waitFor();
  // The code of the message bars is loaded after the answer.
  await page.chat().frame.getByRole('toolbar').last().waitFor();
  return (
    page
      .chat()
      // Announcements appear and disappear by themselves.
      .frame.locator('body *:not([role=status] *)')
      .evaluateAll((elements) =>
        elements.map((element) => {
          const style = getComputedStyle(element);
          return [
            element.tagName,
            style.color,
            style.fontSize,
            style.lineHeight,
            style.boxSizing,
            style.borderTopWidth,
            style.textTransform,
          ].join(' ');
        }),
      )
  );
}

test('The chat looks the same on a page with hostile styles', { tags: 'gateway' }, async () => {
  const plain = await looks(await world.open({ signedIn: alice }));
  await world.afterEach();
  const hostile = await looks(await world.open({ signedIn: { left: 'bob' }, head: HOSTILE_STYLES }));
  expect(hostile.length).toBeGreaterThan(50);
  expect(hostile).toEqual(plain);
});

test('The page gets no styles, title, viewport, globals or copy listeners, and only the chat’s own storage', async () => {
  const page = await world.open({ signedIn: alice });
  await page.page.addInitScript(() => {
    const added: string[] = [];
    Object.assign(window, { addedListeners: added });
    const addEventListener = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type: string, ...rest: unknown[]) {
      // Ignores the listeners of the test's driver, whose code is not a file of the host's origin.
      const isOurs = new Error().stack?.includes('/coze-chat-embed/') === true;
      if (isOurs && (this === window || this === document || this === document.body)) added.push(type);
      return addEventListener.call(this, type, ...(rest as [EventListener]));
    };
    Object.assign(window, { globalsBefore: Object.getOwnPropertyNames(window) });
  });
  await page.load();
  await page.chat().ask('good day');
  const host = await page.page.evaluate(() => {
    const { addedListeners, globalsBefore } = window as unknown as { addedListeners: string[]; globalsBefore: string[] };
    return {
      title: document.title,
      head: [...document.head.children].map(({ tagName }) => tagName),
      body: [...document.body.children].map(({ tagName }) => tagName),
      overflow: document.body.style.overflow,
      listeners: [...new Set(addedListeners)].sort(),
      globals: Object.getOwnPropertyNames(window).filter(
        (name) => !globalsBefore.includes(name) && !/^(left|right|globalsBefore|\d+)$/.test(name),
      ),
      storage: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
      adopted: document.adoptedStyleSheets.length,
    };
  });
  expect(host).toEqual({
    title: 'A host’s page',
    head: ['META', 'TITLE', 'SCRIPT'],
    body: ['COZE-CHAT'],
    overflow: '',
    // Only the listeners for clicks on a button of the chat, and for the page's visibility, focus, connectivity and restoration from the
    // back-forward cache.
    listeners: [
      'afterprint',
      'beforeprint',
      'blur',
      'click',
      'focus',
      'offline',
      'online',
      'pagehide',
      'pageshow',
      'prerenderingchange',
      'visibilitychange',
    ],
    globals: [],
    // The owner of the newest conversation, stored as a digest.
    storage: ['coze-chat-embed:newest'],
    adopted: 0,
  });
});

test('Requests go only to the page’s host and to the API', async () => {
  const hosts = new Set<string>();
  const page = await world.open({ signedIn: alice });
  page.page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'blob:' && url.protocol !== 'data:') hosts.add(url.origin);
  });
  await page.load();
  await page.chat().ask('good day');
  expect([...hosts].sort()).toEqual([world.coze.origin, world.host.origin].sort());
});

test('No access token appears in the console, markup, attributes, URLs, storage, events or error texts', async () => {
  // Everything is prepared before the first page: a page that is already open requests tokens of its own, especially when its clock is
  // replaced.
  const context = await world.newContextWithClock();
  const tokens = new Set<string>();
  const outlets: string[] = [];
  context.on('console', async (message) => {
    outlets.push(message.text());
    for (const argument of message.args()) outlets.push(JSON.stringify(await argument.jsonValue().catch(() => '')));
  });
  context.on('request', (request) => outlets.push(request.url()));
  // Read in the route, because a page that is closed discards its responses.
  await context.route('**/api/coze/token', async (route) => {
    const response = await route.fetch();
    tokens.add(((await response.json()) as { access_token: string }).access_token);
    await route.fulfill({ response });
  });
  await context.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seenEvents: seen });
    for (const type of ['coze-ready', 'coze-message', 'coze-token', 'coze-error', 'coze-identity-change', 'coze-show', 'coze-hide']) {
      window.addEventListener(type, (event) => {
        const fields: Record<string, unknown> = {};
        for (const key in event) fields[key] = event[key as keyof Event];
        seen.push(JSON.stringify(fields, (_, value: unknown) => (value instanceof Node || value instanceof Window ? undefined : value)));
      });
    }
  });
  const page = await world.open({ signedIn: alice, context, expectedErrors: [/status of [45]\d\d/] });
  const chat = page.chat();
  await chat.ask('first');
  // Past the time at which a token is renewed early.
  await page.page.clock.fastForward('40:00');
  await expect.poll(() => tokens.size).toBe(2);
  await chat.ask('second');
  world.coze.expireTokens();
  await chat.ask('third');
  world.coze.setFaults({ rejectAllTokens: true });
  for (const refused of [1, 2, 3]) {
    world.coze.clearRequests();
    await chat.send(`refused ${refused}`);
    await expect.poll(() => world.coze.requests.some(({ path }) => path === '/v3/chat')).toBe(true);
  }
  await chat.untilStatus('failed');

  outlets.push(...(await page.page.evaluate(() => (window as unknown as { seenEvents: string[] }).seenEvents)));
  outlets.push(await page.page.content());
  outlets.push(await chat.element.evaluate((element) => element.shadowRoot?.innerHTML ?? ''));
  for (const frame of page.page.frames()) outlets.push(await frame.content());
  outlets.push(
    await page.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])),
  );

  // The first token, one early renewal, and one for each rejected token except the last.
  expect(tokens.size).toBe(5);
  const leaks = [...tokens].flatMap((token) => outlets.filter((text) => text.includes(token)).map((text) => text.slice(0, 80)));
  expect(leaks).toEqual([]);
});

test.each([
  ['nothing', undefined],
  ['the page that a single-page application has for every path', { contentType: 'text/html', body: '<!doctype html><title>Shop</title>' }],
])('The author reads where the frame was looked for and what helps, if the server returns %s', async (_, answer) => {
  const page = await world.open({
    signedIn: alice,
    attributes: { mode: 'bubble', 'frame-src': '/elsewhere' },
    expectedErrors: [/Failed to load/, /Failed to find a valid digest/],
  });
  if (answer !== undefined) await page.page.route('**/elsewhere/**', (route) => route.fulfill(answer));
  const reported = page.page.evaluate(
    () =>
      new Promise((resolve) => document.addEventListener('coze-error', (event) => resolve([event.code, event.message]), { once: true })),
  );
  const chat = page.chat();
  await chat.element.locator('[part=launcher]').click();
  expect(await reported).toEqual([
    'frame_unavailable',
    expect.stringMatching(/ \S+\/elsewhere\/frame-[\w-]+\.js\. .*npx coze-chat-embed copy .* frame-src="/),
  ]);
  await page.page.unrouteAll();
  await chat.element.evaluate((element: CozeChatElement) => (element.frameSrc = '/coze-chat-embed/frame/frame.js'));
  await chat.element.getByRole('button', { name: 'Try again' }).click();
  await chat.ask('found you');
});
