/** A chat starts, and looks as it should, in whatever way it is opened; without its style sheet it fails, and says why. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { EngineChat } from '../support/engine-chat.js';
import type { EngineVisit, EngineWorld } from '../support/engine-world.js';
import { script, type Suite } from '../support/suite.js';

const frameDir = fileURLToPath(new URL('../../../dist/frame', import.meta.url));
const framePath = '/coze-chat-embed/frame/';

/** As the README says that they may be served. */
const FOR_EVER = { 'cache-control': 'public, max-age=31536000, immutable' };

/** Has the page keep what its chats complain of. */
const keepErrors = `window.errors = [];
addEventListener('coze-error', ({ code, message, target }) => errors.push(target.id + ' ' + code + ': ' + message));`;

/** Until when the chat has begun, and is open. */
type Opening = (chat: EngineChat) => Promise<void>;

const openings: Readonly<Record<string, { readonly loading?: string; readonly open: Opening }>> = {
  'a mouse that rests on the launcher before it presses': {
    open: async (chat) => {
      await chat.comeNear();
      expect(await chat.untilSettled()).toBe('ready');
      await chat.page.click(await chat.launcher());
    },
  },
  'a mouse that presses at once': { open: async (chat) => chat.page.click(await chat.launcher()) },
  'the keyboard, which rests on the launcher before Enter': {
    open: async (chat) => {
      await chat.tabTo('launcher');
      expect(await chat.untilSettled()).toBe('ready');
      await chat.page.press('Enter');
    },
  },
  'a finger': { open: async (chat) => chat.page.tap(await chat.launcher()) },
  'the page, after loading="idle"': { loading: 'idle', open: (chat) => openPrepared(chat) },
  'the page, after loading="eager"': { loading: 'eager', open: (chat) => openPrepared(chat) },
  'the page, by show()': { open: (chat) => chat.show() },
};

async function openPrepared(chat: EngineChat): Promise<void> {
  const isPrepared = (): Promise<boolean> =>
    chat.page.run((id) => {
      const frame = document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector('iframe')?.contentDocument;
      return frame?.readyState === 'complete' && frame.querySelector('main') !== null;
    }, chat.id);
  await expect.poll(isPrepared, { timeout: 20_000 }).toBe(true);
  await chat.show();
}

/** The frame's files, from the browser's cache on a second page. */
function serveFrame(world: EngineWorld): string {
  const names = readdirSync(frameDir, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  for (const name of names) {
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    const headers = { ...FOR_EVER, 'content-type': type, 'access-control-allow-origin': '*' };
    world.host.pages.set(framePath + name, new Response(readFileSync(`${frameDir}/${name}`), { headers }));
  }
  world.host.requests.splice(0);
  return framePath + names.find((name) => name.endsWith('.css'));
}

/** What the chat looks like: whether its sheet has been applied, and whether its field is one line high. */
function looks(chat: EngineChat): Promise<unknown> {
  return chat.page.run((id) => {
    const frame = document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector('iframe');
    const view = frame?.contentWindow;
    const field = frame?.contentDocument?.querySelector('textarea');
    if (view == null || field == null) return undefined;
    const { top, bottom, height } = field.getBoundingClientRect();
    const isInside = top > 0 && bottom <= view.innerHeight;
    return { overflow: view.getComputedStyle(view.document.body).overflow, isOneLine: height > 16 && height < 40, isInside };
  }, chat.id);
}

const AS_INTENDED = { overflow: 'hidden', isOneLine: true, isInside: true };

const errorsOf = (visit: EngineVisit): Promise<readonly string[]> =>
  visit.page.run(() => (window as unknown as { errors: readonly string[] }).errors);

export const opening: Suite = (world) => {
  test.each(Object.entries(openings))('by %s starts, and starts again from the cache', async (_, { loading = 'intent', open }) => {
    const sheet = serveFrame(world());
    const attributes = { mode: 'bubble', loading, 'forget-open': '' };
    const visit = await world().open({ signedIn: { left: 'alice' }, attributes });
    for (const cache of ['cold', 'warm']) {
      if (cache === 'warm') await visit.load();
      const chat = visit.chat();
      await open(chat);
      expect(await chat.untilSettled()).toBe('ready');
      await expect.poll(() => looks(chat)).toEqual(AS_INTENDED);
      await chat.ask(cache);
    }
    expect(world().host.requests.filter((path) => path === sheet)).toHaveLength(1);
  });

  test('in a part of the page that is not shown yet starts there, and starts again from the cache', async () => {
    serveFrame(world());
    const visit = await world().open({ signedIn: { left: 'alice' }, attributes: { style: 'display: none' } });
    for (const cache of ['cold', 'warm']) {
      if (cache === 'warm') await visit.load();
      const chat = visit.chat();
      expect(await chat.untilSettled()).toBe('ready');
      await visit.page.run(() => document.querySelector('coze-chat')?.removeAttribute('style'));
      await expect.poll(() => looks(chat)).toEqual(AS_INTENDED);
      await chat.ask(cache);
    }
  });

  const reason = expect.stringMatching(
    / frame_unavailable: The chat's styles did not come from http.*\.css\. .* \(style-src\)\.$/,
  ) as string;

  /** One that is shown, one that is not, and one that a mouse comes near to. */
  async function openThree(headers: Readonly<Record<string, string>>): Promise<EngineVisit> {
    world().host.pages.set('/pages/keep-errors.js', script(keepErrors));
    return world().open({
      signedIn: { left: 'alice', hidden: 'alice', near: 'alice' },
      paneAttributes: { hidden: { style: 'display: none' }, near: { mode: 'bubble' } },
      head: '<script src="/pages/keep-errors.js"></script>',
      headers,
    });
  }

  async function expectReasons(visit: EngineVisit): Promise<void> {
    await visit.chat('near').comeNear();
    for (const pane of ['left', 'hidden', 'near']) expect(await visit.chat(pane).untilSettled()).toBe('failed');
    expect(await errorsOf(visit)).toEqual([reason, reason, reason]);
  }

  test('fails with the reason where its style sheet is missing, also where that is cached', async () => {
    const sheet = serveFrame(world());
    world().host.pages.set(sheet, new Response('Not found', { status: 404, headers: FOR_EVER }));
    const visit = await openThree({});
    await expectReasons(visit);
    await visit.load();
    await expectReasons(visit);
  });

  test('starts with Retry once its style sheet is there', async () => {
    const sheet = serveFrame(world());
    world().host.pages.set(sheet, new Response('Not found', { status: 404, headers: { 'cache-control': 'no-store' } }));
    const visit = await world().open({ signedIn: { left: 'alice' } });
    const chat = visit.chat();
    expect(await chat.untilSettled()).toBe('failed');
    serveFrame(world());
    await chat.retry();
    await chat.ask('now with styles');
    expect(await looks(chat)).toEqual(AS_INTENDED);
  });

  test('fails with the reason where a policy forbids its style sheet, also one that is cached', async () => {
    serveFrame(world());
    const visit = await openThree({ 'content-security-policy': "style-src 'none'" });
    await expectReasons(visit);
    await visit.page.goto(world().host.put({ signedIn: { left: 'alice' } }));
    await visit.chat().ask('without a policy');
    await visit.load();
    await expectReasons(visit);
  });
};
