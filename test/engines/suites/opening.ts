/** A chat starts with its styles applied, in whatever way it is opened; without its style sheet it fails, and says why. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type EngineChat, patience } from '../support/engine-chat.js';
import type { EngineVisit, EngineWorld } from '../support/engine-world.js';
import { script, type Suite } from '../support/suite.js';

const FRAME_DIR = fileURLToPath(new URL('../../../dist/frame', import.meta.url));
/** The caching that the documentation allows. */
const FOR_EVER = { 'cache-control': 'public, max-age=31536000, immutable' };

/** Records the errors of the page's chats. */
const KEEP_ERRORS = `window.errors = [];
addEventListener('coze-error', ({ code, message, target }) => errors.push(target.id + ' ' + code + ': ' + message));`;

/** Resolves when the chat has started and is open. */
type Opening = (chat: EngineChat) => Promise<void>;

const openings: Readonly<Record<string, { readonly loading?: string; readonly open: Opening }>> = {
  'a mouse that rests on the launcher before it presses': {
    open: async (chat) => {
      await chat.comeNear();
      expect(await chat.untilSettled()).toBe('ready');
      await chat.page.click(await chat.launcher());
    },
  },
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
  await expect.poll(isPrepared, patience).toBe(true);
  await chat.show();
}

interface FrameFolder {
  readonly folder: string;
  readonly sheet: string;
}

/** Serves the frame's files at a path that no browser has in its cache, and allows caching. */
function serveFrame({ host }: EngineWorld, folder = `/frame-${host.pages.size}/`): FrameFolder {
  const files = readdirSync(FRAME_DIR, { withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { name } of files) {
    const headers = { ...FOR_EVER, 'content-type': name.endsWith('.css') ? 'text/css' : 'text/javascript' };
    host.pages.set(folder + name, new Response(readFileSync(`${FRAME_DIR}/${name}`), { headers }));
  }
  return { folder, sheet: folder + (files.find(({ name }) => name.endsWith('.css'))?.name ?? '') };
}

/** Whether the style sheet has been applied, and whether the text field is one line high. */
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
  test.each(Object.entries(openings))(
    'A chat that is opened by %s starts, and starts again from the cache',
    async (_, { loading = 'intent', open }) => {
      const { folder, sheet } = serveFrame(world());
      const attributes = { mode: 'bubble', loading, 'forget-open': '', 'frame-src': folder };
      const visit = await world().open({ signedIn: { left: 'alice' }, attributes });
      for (const cache of ['cold', 'warm']) {
        if (cache === 'warm') await visit.load();
        const chat = visit.chat();
        await open(chat);
        expect(await chat.untilSettled()).toBe('ready');
        await expect.poll(() => looks(chat), patience).toEqual(AS_INTENDED);
        await chat.ask(cache);
      }
      expect(world().host.requests.filter((path) => path === sheet)).toHaveLength(1);
    },
  );

  test('A chat in a hidden part of the page starts there, and starts again from the cache', async () => {
    const { folder } = serveFrame(world());
    const visit = await world().open({ signedIn: { left: 'alice' }, attributes: { style: 'display: none', 'frame-src': folder } });
    for (const cache of ['cold', 'warm']) {
      if (cache === 'warm') await visit.load();
      const chat = visit.chat();
      expect(await chat.untilSettled()).toBe('ready');
      await visit.page.run(() => document.querySelector('coze-chat')?.removeAttribute('style'));
      await expect.poll(() => looks(chat), patience).toEqual(AS_INTENDED);
      await chat.ask(cache);
    }
  });

  const reason = expect.stringMatching(
    / frame_unavailable: The chat's styles did not come from http.*\.css\. .* \(style-src\)\.$/,
  ) as string;

  /** A chat that is visible, one that is not, and one whose launcher is hovered. */
  async function openThree(folder: string, headers: Readonly<Record<string, string>> = {}): Promise<EngineVisit> {
    world().host.pages.set('/pages/keep-errors.js', script(KEEP_ERRORS));
    return world().open({
      signedIn: { left: 'alice', hidden: 'alice', near: 'alice' },
      attributes: { 'frame-src': folder },
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

  test('A chat without its style sheet fails with the reason, also if the failure is cached', async () => {
    const { folder, sheet } = serveFrame(world());
    world().host.pages.set(sheet, new Response('Not found', { status: 404, headers: FOR_EVER }));
    const visit = await openThree(folder);
    await expectReasons(visit);
    await visit.load();
    await expectReasons(visit);
  });

  test('A chat starts after Retry once its style sheet is available', async () => {
    const { folder, sheet } = serveFrame(world());
    world().host.pages.set(sheet, new Response('Not found', { status: 404, headers: { 'cache-control': 'no-store' } }));
    const visit = await world().open({ signedIn: { left: 'alice' }, attributes: { 'frame-src': folder } });
    const chat = visit.chat();
    expect(await chat.untilSettled()).toBe('failed');
    serveFrame(world(), folder);
    await chat.retry();
    await chat.ask('now with styles');
    expect(await looks(chat)).toEqual(AS_INTENDED);
  });

  test('A chat whose style sheet is forbidden by a policy fails with the reason, also if the sheet is cached', async () => {
    const { folder } = serveFrame(world());
    const visit = await openThree(folder, { 'content-security-policy': "style-src 'none'" });
    await expectReasons(visit);
    await visit.page.goto(world().host.put({ signedIn: { left: 'alice' }, attributes: { 'frame-src': folder } }));
    await visit.chat().ask('without a policy');
    await visit.load();
    await expectReasons(visit);
  });
};
