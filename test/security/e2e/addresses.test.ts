/** H2, M1, M2, B15, L4: what the bot and the API can make a browser load, follow and disclose. */
import type { Route } from 'playwright';
import { afterEach, expect, test } from 'vitest';
import type { ChatOptions, CozeChatElement } from '../../../src/index.js';
import type { ChatPage, PaneChat } from '../../e2e/support/chat-page.js';
import { type OpenOptions, setUpWorld, type World } from '../../e2e/support/world.js';

const ELSEWHERE = 'https://elsewhere.example';
const NAMED = 'https://pictures.shop.example';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="#c00"/></svg>';

let world: World;
setUpWorld((created) => (world = created));
afterEach(() => world.coze.forgetConversations());

interface WatchedChat {
  readonly page: ChatPage;
  readonly chat: PaneChat;
  /** Requests to hosts that are neither the page's nor the API's. */
  readonly requests: readonly string[];
}

/** A page whose requests to other hosts get a picture; `answer` may change the API's responses first. */
async function openWatched(
  options: Partial<OpenOptions> = {},
  answer: Readonly<Record<string, (body: never) => unknown>> = {},
): Promise<WatchedChat> {
  const context = await world.browser.newContext();
  const requests: string[] = [];
  await context.route(/^https:\/\/(?:elsewhere|pictures\.shop)\.example\//, (route) => {
    requests.push(route.request().url());
    return route.fulfill({ contentType: 'image/svg+xml', body: SVG });
  });
  for (const [path, change] of Object.entries(answer)) {
    await context.route(`${world.coze.origin}${path}*`, async (route: Route) => {
      if (route.request().method() === 'OPTIONS') return route.continue();
      const response = await route.fetch();
      return route.fulfill({ response, json: change((await response.json()) as never) });
    });
  }
  const page = await world.open({ signedIn: { left: 'alice' }, context, ...options });
  world.host.requests.length = 0;
  closing.push(() => context.close());
  return { page, chat: page.chat(), requests };
}
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const say = (chat: PaneChat, text: string) => chat.element.evaluate((element: CozeChatElement, said) => element.sendMessage(said), text);

/** Every construct that a browser could load or follow by itself; each leads to the page's `/logout` or to another host. */
const hostilePictures = (own: string): string =>
  [
    '![one](/logout)',
    `![two](${own}/logout?confirm=1)`,
    `![three](${own.replace('localhost', 'LOCALHOST')}/logout)`,
    `![four](${own.replace('//', '\\\\')}/logout)`,
    `![five](http:/logout)`,
    '![six](logout)',
    `![seven](//${own.slice(7)}/logout)`,
    `![eight](${ELSEWHERE}/beacon?q=secret)`,
    `![nine](https:\\\\elsewhere.example/beacon)`,
    '![ten](data:image/svg+xml,%3Csvg/%3E)',
    `![eleven](blob:${own}/3b2c)`,
    `[![twelve](/logout)](${ELSEWHERE}/)`,
    '| head |\n|---|\n| ![thirteen](/logout) |',
    `- ![fourteen](${ELSEWHERE}/beacon)`,
    '> ## ![fifteen](/logout)',
    `<img src="/logout"><img src="${ELSEWHERE}/beacon">`,
    `![sixteen][1]\n\n[1]: ${own}/logout`,
  ].join('\n\n');

/** Waits until an allowed picture is shown, which proves that the others would have been requested by now. */
async function untilShown({ page, chat }: WatchedChat): Promise<void> {
  const hills = chat.frame.getByRole('button', { name: 'Hills at sunrise' }).last();
  await hills.waitFor();
  await hills.evaluate((picture: HTMLImageElement) => picture.decode());
  await page.page.waitForLoadState('networkidle');
}

test('No answer, live or from the history, makes the browser request the page’s own site or a host that is not allowed', async () => {
  const watched = await openWatched();
  const { page, chat, requests } = watched;
  await chat.untilIdle();
  await say(chat, hostilePictures(world.host.origin));
  await say(chat, 'image');
  await untilShown(watched);
  await page.load();
  await untilShown(watched);
  expect(await chat.text()).toMatch(/one[^]*two[^]*three[^]*eight[^]*fourteen/);
  expect(world.host.requests.filter((path) => path.includes('logout'))).toEqual([]);
  expect(requests).toEqual([]);
  expect(await chat.frame.locator('img[src*="logout"], img[src*="elsewhere"], img[src^="data:"]').count()).toBe(0);
});

test('No profile, welcome, suggestion, message of parts or card makes the browser request such a host', async () => {
  const own = world.host.origin;
  const parts = [
    { type: 'text', text: hostilePictures(own) },
    { type: 'image', file_url: `${own}/logout` },
    { type: 'image', file_url: `${ELSEWHERE}/beacon` },
    { type: 'image', file_url: 'javascript:alert(1)' },
    { type: 'image' },
    { type: 'image', file_url: `${world.coze.origin}/assets/hills.svg` },
    { type: 'file', file_url: `${own}/logout`, name: 'a.png', size: 1 },
  ];
  const card = { card_type: 3, template_url: `${ELSEWHERE}/beacon`, data: JSON.stringify({ url: `${own}/logout` }) };
  const watched = await openWatched(
    {},
    {
      '/v1/bots/': (body: { data: object }) => ({
        ...body,
        data: {
          ...body.data,
          icon_url: `${own}/logout`,
          background_image_info: { web_background_image: { image_url: `${own}/logout` } },
          onboarding_info: { prologue: hostilePictures(own), suggested_questions: ['![x](/logout)', `<img src="${ELSEWHERE}/beacon">`] },
        },
      }),
      '/v1/conversation/message/list': (body: { data: readonly { type: string }[] }) => ({
        ...body,
        data: body.data.flatMap((message) =>
          message.type === 'answer'
            ? [
                { ...message, id: '1', content_type: 'card', content: JSON.stringify(card) },
                { ...message, id: '2', content_type: 'object_string', content: JSON.stringify(parts) },
              ]
            : [{ ...message, content_type: 'object_string', content: JSON.stringify(parts) }],
        ),
      }),
    },
  );
  const { page, chat, requests } = watched;
  await chat.untilIdle();
  await chat.frame.getByText('one', { exact: true }).first().waitFor();
  await say(chat, 'image');
  await page.load();
  const shown = chat.frame.locator(`img[src="${world.coze.origin}/assets/hills.svg"]`);
  await shown.nth(1).waitFor();
  await page.page.waitForLoadState('networkidle');
  expect(world.host.requests.filter((path) => path.includes('logout'))).toEqual([]);
  expect(requests).toEqual([]);
});

/** Reads the colour from a screenshot, because the pixels of another host's picture cannot be read in the page. */
function colourAtCentre({ page }: ChatPage, screenshot: Buffer): Promise<readonly number[]> {
  return page.evaluate(async (base64) => {
    const image = Object.assign(new Image(), { src: `data:image/png;base64,${base64}` });
    await image.decode();
    const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
    context?.drawImage(image, -Math.floor(image.width / 2), -Math.floor(image.height / 2));
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
  }, screenshot.toString('base64'));
}

test('A picture of another host is shown after the visitor asks for it, is reported to the page, and opens large', async () => {
  const { page, chat, requests } = await openWatched();
  const reported = await chat.element.evaluateHandle((element: CozeChatElement) => {
    const urls: string[] = [];
    element.addEventListener('coze-image', ({ url }) => urls.push(url));
    return urls;
  });
  await say(chat, `![A red box](${ELSEWHERE}/box.svg?a=1)`);
  const button = chat.frame.getByRole('button', { name: 'Show picture from elsewhere.example' });
  await button.waitFor();
  await chat.frame.getByText('A red box').first().waitFor();
  expect(requests).toEqual([]);

  await button.press('Enter');
  const picture = chat.frame.getByRole('button', { name: 'A red box' });
  await picture.waitFor();
  expect(requests).toEqual([`${ELSEWHERE}/box.svg?a=1`]);
  expect(await picture.evaluate((box) => box === document.activeElement)).toBe(true);
  expect(await picture.locator('canvas').evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height])).toEqual([40, 30]);
  expect(await colourAtCentre(page, await picture.locator('canvas').screenshot())).toEqual([204, 0, 0]);
  await picture.press('Enter');
  await chat.frame.getByRole('dialog', { name: 'Picture' }).locator('canvas').waitFor();
  expect(await reported.jsonValue()).toEqual([`${ELSEWHERE}/box.svg?a=1`]);
  expect(await page.page.locator('iframe').count()).toBe(1);
  expect(requests).toHaveLength(1);
});

test('A picture that redirects to the page’s own site is not followed, and stays a link', async () => {
  const { page, chat } = await openWatched({ expectedErrors: [/Content Security Policy/, /elsewhere\.example/] });
  await page.page
    .context()
    .route(`${ELSEWHERE}/on`, (route) => route.fulfill({ status: 302, headers: { location: `${world.host.origin}/logout` } }));
  await say(chat, `![A red box](${ELSEWHERE}/on)`);
  await chat.frame.getByRole('button', { name: /^Show picture/ }).click();
  const link = chat.frame.getByRole('link', { name: 'A red box' });
  await link.waitFor();
  expect(await link.getAttribute('href')).toBe(`${ELSEWHERE}/on`);
  expect(world.host.requests).not.toContain('/logout');
});

test('Pictures of hosts that the site allows are loaded without a question, also when a host is allowed later', async () => {
  const { page, chat, requests } = await openWatched({ attributes: { 'picture-hosts': 'pictures.shop.example' } });
  await say(chat, `![A red box](${NAMED}/box.svg) ![Another](${ELSEWHERE}/box.svg)`);
  await chat.frame.getByRole('button', { name: 'A red box' }).waitFor();
  await chat.frame.getByRole('button', { name: 'Show picture from elsewhere.example' }).waitFor();
  expect(requests).toEqual([`${NAMED}/box.svg`]);
  await chat.input.fill('half a question');

  await chat.element.evaluate((element: CozeChatElement, chatOptions: ChatOptions) => Object.assign(element, { chatOptions }), {
    pictureHosts: ['*.elsewhere.example', 'elsewhere.example'],
  });
  const other = chat.frame.getByRole('button', { name: 'Another' });
  await other.evaluate((picture: HTMLImageElement) => picture.decode());
  expect(await chat.input.inputValue()).toBe('half a question');
  expect(page.page.url()).toContain('/pages/');
});

test('An invalid picture host is reported to the page’s author', async () => {
  const { page, chat } = await openWatched({
    attributes: { 'picture-hosts': '*', loading: 'click' },
    expectedErrors: [/picture-hosts must be hosts/],
  });
  await chat.element.evaluate((element: CozeChatElement) => element.show());
  await chat.untilStatus('failed');
  await expect.poll(() => page.printed).toContainEqual(expect.stringContaining('picture-hosts must be hosts'));
});

test('The page is informed only about addresses that may be followed or opened', async () => {
  const { chat } = await openWatched();
  const reported = await chat.element.evaluateHandle((element: CozeChatElement) => {
    const urls: string[] = [];
    for (const type of ['coze-link', 'coze-image'] as const) {
      element.addEventListener(type, (event) => {
        urls.push(event.url);
        event.preventDefault();
      });
    }
    return urls;
  });
  const schemes = [
    'javascript:alert(1)',
    'java&#10;script:alert(1)',
    'data:text/html,1',
    'blob:https://a.example/1',
    '/logout',
    '//a.example',
    'file:///etc',
  ];
  await say(chat, schemes.map((url) => `![picture](<${url}>) [link](<${url}>)`).join('\n\n'));
  await say(chat, '[last](HTTPS:\\\\Elsewhere.example/a b)  [last](<HTTPS:\\\\Elsewhere.example/a>)');
  for (const name of ['picture', 'link']) {
    for (const found of await chat.frame.getByText(name, { exact: true }).all()) await found.click({ force: true });
  }
  await chat.frame.getByRole('link', { name: 'last' }).last().click();
  expect(await reported.jsonValue()).toEqual([`${ELSEWHERE}/a`]);
});

test('The page can handle the links of every answer and of the welcome, not only those of the newest answer', async () => {
  const { page, chat } = await openWatched(
    {},
    {
      '/v1/bots/': (body: { data: { onboarding_info: object } }) => ({
        ...body,
        data: { ...body.data, onboarding_info: { prologue: `Read [welcome](${ELSEWHERE}/0)`, suggested_questions: [] } },
      }),
    },
  );
  const reported = await chat.element.evaluateHandle((element: CozeChatElement) => {
    const urls: string[] = [];
    element.addEventListener('coze-link', (event) => {
      urls.push(event.url);
      event.preventDefault();
    });
    return urls;
  });
  const opened: string[] = [];
  page.page.context().on('page', (tab) => opened.push(tab.url()));
  await chat.frame.getByRole('link', { name: 'welcome' }).click();
  await say(chat, `[first](${ELSEWHERE}/1)`);
  await say(chat, `[second](${ELSEWHERE}/2)`);
  for (const name of ['first', 'second']) {
    await chat.frame.getByRole('link', { name }).click();
    await chat.frame.getByRole('link', { name }).click({ button: 'middle' });
    await chat.frame.getByRole('link', { name }).press('Enter');
  }
  const [one, two] = [`${ELSEWHERE}/1`, `${ELSEWHERE}/2`];
  expect(await reported.jsonValue()).toEqual([`${ELSEWHERE}/0`, one, one, one, two, two, two]);
  expect(opened).toEqual([]);
});

/** In the layout in which the visitor has an avatar, too. */
const inColumn = (chat: PaneChat) =>
  chat.element.evaluate((element: CozeChatElement) => Object.assign(element, { chatOptions: { messageLayout: 'column' } }));

test('A picture that cannot be loaded is replaced by its alternative text, and an avatar by the default one', async () => {
  const { chat } = await openWatched(
    { expectedErrors: [/status of 404/] },
    {
      '/v1/bots/': (body: { data: object }) => ({
        ...body,
        data: { ...body.data, icon_url: `${world.coze.origin}/assets/none.png` },
      }),
    },
  );
  await inColumn(chat);
  await say(chat, `![A cat on a mat](${world.coze.origin}/assets/cat.png)`);
  await chat.frame.getByText('A cat on a mat', { exact: true }).waitFor();
  await say(chat, 'and one more');
  await expect
    .poll(() =>
      chat.frame
        .locator('body')
        .evaluate((body) =>
          [...body.querySelectorAll<HTMLImageElement>('img[class*="avatar"]')].map(({ src, complete, naturalWidth }) => [
            /\/assets\/avatar-[\w-]+\.png$/.test(src),
            complete && naturalWidth > 0,
          ]),
        ),
    )
    .toSatisfy((faces: readonly boolean[][]) => faces.length >= 4 && faces.flat().every(Boolean));
});

test('Pictures that the page’s own options name are shown, also those of its own site', async () => {
  const { page, chat } = await openWatched({ attributes: { 'user-avatar': '/icons/alice.svg?size=2' } });
  const picture = () => new Response(SVG, { headers: { 'content-type': 'image/svg+xml' } });
  for (const name of ['alice', 'bot', 'sea', 'river']) world.host.pages.set(`/icons/${name}.svg`, picture());
  await page.load();
  const set = (image: string) =>
    chat.element.evaluate((element: CozeChatElement, chatOptions: ChatOptions) => Object.assign(element, { chatOptions }), {
      // The layout in which the visitor has an avatar.
      messageLayout: 'column' as const,
      assistant: { icon: '/icons/bot.svg' },
      background: { image },
    });
  const shown = (): Promise<readonly string[]> =>
    chat.frame
      .locator('body')
      .evaluate((body) => [...body.querySelectorAll('img')].filter(({ naturalWidth }) => naturalWidth > 0).map(({ src }) => src));
  await set('/icons/sea.svg');
  await say(chat, `hello ![x](${world.host.origin}/icons/river.svg)`);
  const { origin } = world.host;
  await expect
    .poll(shown)
    .toEqual(expect.arrayContaining([`${origin}/icons/alice.svg?size=2`, `${origin}/icons/bot.svg`, `${origin}/icons/sea.svg`]));
  expect(world.host.requests).not.toContain('/icons/river.svg');
  await set('/icons/river.svg');
  await expect.poll(shown).toContain(`${origin}/icons/river.svg`);
});

test.each([
  'javascript:alert(1)',
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
  'https://user:secret@elsewhere.example/',
  'https://',
])('The attribute user-avatar="%s" has the same effect as none', async (address) => {
  const { chat, requests } = await openWatched({ attributes: { 'user-avatar': address } });
  await inColumn(chat);
  await chat.ask('good day');
  await chat.frame.locator('img[src*="/assets/avatar-"]').first().waitFor();
  expect(requests).toEqual([]);
});

test('On a site without a policy, the chat’s own policy blocks foreign code and requests in the frame', async () => {
  const { chat, requests } = await openWatched({ expectedErrors: [/Content Security Policy|violates the following/, /Refused to/] });
  world.host.pages.set('/uploads/a.js', new Response('window.hasRun = true', { headers: { 'content-type': 'text/javascript' } }));
  await chat.ask('good day');
  const outcome = await chat.frame.locator('body').evaluate(
    async (body, [own, elsewhere]) => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective));
      const load = (tag: 'img' | 'script' | 'audio' | 'iframe' | 'object', url: string) =>
        new Promise<string>((resolve) => {
          const element = document.createElement(tag);
          element.addEventListener('load', () => resolve('loaded'));
          element.addEventListener('error', () => resolve('refused'));
          Object.assign(element, tag === 'object' ? { data: url } : { src: url });
          body.append(element);
          if (tag === 'iframe') setTimeout(() => resolve('refused'), 500);
        });
      const results = [
        await load('img', `${elsewhere}/beacon`),
        await load('img', `${own}/logout`),
        await load('img', 'data:image/png;base64,iVBORw0KGgo='),
        await load('script', `${own}/uploads/a.js`),
        await load('script', 'data:text/javascript,window.hasRun=true'),
        await load('audio', `${elsewhere}/beacon`),
        await load('object', `${own}/logout`),
        await fetch(`${elsewhere}/beacon`, { mode: 'no-cors' }).then(
          () => 'loaded',
          () => 'refused',
        ),
        await fetch(`${own}/logout`).then(
          () => 'loaded',
          () => 'refused',
        ),
        navigator.sendBeacon(`${own}/logout`) && 'refused',
      ];
      const inline = document.createElement('script');
      inline.textContent = 'window.hasRun = true';
      body.append(inline);
      const form = Object.assign(document.createElement('form'), { action: `${own}/logout`, method: 'post' });
      body.append(form);
      form.submit();
      await load('iframe', `${own}/logout`);
      Object.assign(window, { violations });
      return { results, hasRun: 'hasRun' in window };
    },
    [world.host.origin, ELSEWHERE] as const,
  );
  expect(outcome.results.filter((result) => result !== 'refused')).toEqual([]);
  expect(outcome.hasRun).toBe(false);
  // The browser process reports violations of navigations later than the others.
  await expect
    .poll(() => chat.frame.locator('body').evaluate(() => (window as unknown as { violations: readonly string[] }).violations))
    .toEqual(expect.arrayContaining(['img-src', 'script-src-elem', 'connect-src', 'form-action', 'frame-src']));
  expect(requests).toEqual([]);
  expect(world.host.requests).not.toContain('/logout');
  await chat.ask('the chat goes on');
});

const FOREIGN_IDS = ['../../v1/files/1?a=', '..', 'a/b#c', '%2e%2e'];

test('An invalid app id causes no request at all', async () => {
  const asked: string[] = [];
  const { page, chat } = await openWatched({ expectedErrors: [/./] });
  await chat.untilIdle();
  page.page.on('request', (request) => asked.push(request.url()));
  for (const id of FOREIGN_IDS) {
    await chat.element.evaluate((element: CozeChatElement, appId) => Object.assign(element, { botId: '', appId, workflowId: appId }), id);
    await expect.poll(() => chat.element.evaluate((element: CozeChatElement) => element.status)).toBe('failed');
  }
  expect(asked).toEqual([]);
});

test('No conversation id makes the chat send a request to another path', async () => {
  const asked: URL[] = [];
  const { page, chat } = await openWatched({ expectedErrors: [/./] });
  await chat.untilIdle();
  page.page.on('request', (request) => asked.push(new URL(request.url())));
  for (const id of FOREIGN_IDS) {
    await chat.element.evaluate((element: CozeChatElement, conversationId) => Object.assign(element, { conversationId }), id);
    await expect.poll(() => asked.some(({ search }) => search.includes(encodeURIComponent(id)))).toBe(true);
    const paths = asked.filter(({ origin }) => origin === world.coze.origin).map(({ pathname }) => pathname);
    expect(
      paths.filter((path) => !/^\/v1\/(?:bots\/\d+|conversations|conversation\/(?:retrieve|create|message\/list))$/.test(path)),
    ).toEqual([]);
    asked.length = 0;
  }
});
