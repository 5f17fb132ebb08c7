/** Once the text field is usable, it stays the same element and keeps the focus, so that no typed text is lost. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import { type EngineChat, patience } from '../support/engine-chat.js';
import type { EngineVisit, EngineWorld } from '../support/engine-world.js';
import { script, type Suite } from '../support/suite.js';

/** Focuses each text field in the task in which it appears, faster than any visitor or page. */
const FOCUS_AT_ONCE = `window.fields = [];
customElements.whenDefined('coze-chat').then(() => {
  for (const chat of document.querySelectorAll('coze-chat')) chat.shadowRoot.addEventListener('coze-frame-boot', ({ target }) => {
    const frame = target.contentDocument;
    const observer = new MutationObserver(() => {
      const field = frame.querySelector('textarea');
      if (field === null) return;
      observer.disconnect();
      field.focus();
      fields.push(field);
    });
    observer.observe(frame, { childList: true, subtree: true });
  }, true);
});`;

const fieldCount = (visit: EngineVisit): Promise<number> =>
  visit.page.run(() => (window as unknown as { fields: readonly Element[] }).fields.length);

const forgetFields = (visit: EngineVisit): Promise<void> =>
  visit.page.run(() => void (window as unknown as { fields: Element[] }).fields.splice(0));

/** The state of the newest text field. */
const newestField = (visit: EngineVisit): Promise<string> =>
  visit.page.run(() => {
    const field = (window as unknown as { fields: readonly HTMLTextAreaElement[] }).fields.at(-1);
    const chat = document.querySelector('coze-chat');
    const frame = chat?.shadowRoot?.querySelector('iframe')?.contentDocument;
    if (field === undefined || frame?.querySelector('textarea') !== field) return 'replaced';
    const hasFocus = document.activeElement === chat && frame.activeElement === field;
    return hasFocus ? 'focused' : `beside the focus, which is on ${frame.activeElement?.tagName} in ${document.activeElement?.tagName}`;
  });

type Step = (visit: EngineVisit, chat: EngineChat, world: EngineWorld) => Promise<unknown>;

interface Beginning {
  readonly prepare?: Step;
  /** The step after which a chat starts. */
  readonly begin: Step;
}

const beginnings: Readonly<Record<string, Beginning>> = {
  'the page has loaded': { begin: (visit) => visit.load() },
  'another visitor has signed in': {
    prepare: (visit, chat) => signIn(visit, chat, 'alice'),
    begin: (visit, chat) => signIn(visit, chat, 'bob'),
  },
  'reload()': { begin: (visit) => reload(visit) },
  'a change that rebuilds the frame': {
    begin: (visit) => visit.page.run(() => void ((document.querySelector('coze-chat') as CozeChatElement).userName += '+')),
  },
  Retry: {
    prepare: async (visit, chat, world) => {
      world.coze.setFaults({ api: 'http-500' });
      await reload(visit);
      await chat.untilStatus('failed');
      world.coze.resetFaults();
    },
    begin: (_, chat) => chat.retry(),
  },
};

const reload = (visit: EngineVisit): Promise<void> =>
  visit.page.run(() => (document.querySelector('coze-chat') as CozeChatElement).reload());

async function signIn(visit: EngineVisit, chat: EngineChat, user: string): Promise<void> {
  await visit.signIn('left', user);
  await visit.page.run((user) => void ((document.querySelector('coze-chat') as CozeChatElement).userId = user), user);
  await chat.untilSettled();
}

/** Changes around a text field that is in use. */
const changes: Readonly<Record<string, (visit: EngineVisit) => Promise<unknown>>> = {
  token: (visit) => visit.page.run(() => (document.querySelector('coze-chat') as CozeChatElement).refreshToken()),
  options: (visit) =>
    visit.page.run(() => {
      const options = {
        input: { placeholder: 'Ask away' },
        upload: false,
        footer: { shown: false },
      } as const;
      (document.querySelector('coze-chat') as CozeChatElement).chatOptions = options;
    }),
  theme: (visit) => visit.page.run(() => document.querySelector('coze-chat')?.setAttribute('theme', 'dark')),
  heading: (visit) => visit.page.run(() => document.querySelector('coze-chat')?.setAttribute('heading', 'Help')),
  size: (visit) => visit.page.run(() => document.querySelector('coze-chat')?.setAttribute('style', 'block-size: 500px')),
};

const HEAD = '<script src="/pages/focus-at-once.js"></script>';

export const typing: Suite = (world) => {
  const open = async (): Promise<EngineVisit> => {
    world().host.pages.set('/pages/focus-at-once.js', script(FOCUS_AT_ONCE));
    world().coze.forgetConversations();
    const visit = await world().open({ signedIn: { left: 'alice' }, attributes: { 'user-id': 'alice' }, head: HEAD });
    expect(await visit.chat().untilSettled()).toBe('ready');
    return visit;
  };

  test.each(Object.entries(beginnings))(
    'The text field accepts input at once after %s, without a history and with one',
    async (_, { prepare, begin }) => {
      const visit = await open();
      const chat = visit.chat();
      for (const count of ['first', 'second']) {
        await prepare?.(visit, chat, world());
        await forgetFields(visit);
        await begin(visit, chat, world());
        await expect.poll(() => fieldCount(visit), patience).toBe(1);
        await visit.page.type(count);
        expect(await newestField(visit)).toBe('focused');
        await visit.page.press('Enter');
        await chat.untilText(`You said: ${count}`);
        await chat.untilIdle();
        expect(await newestField(visit)).toBe('focused');
      }
    },
  );

  test('The text field stays the same element and keeps the focus during changes around it', async () => {
    const visit = await open();
    const chat = visit.chat();
    expect(await newestField(visit)).toBe('focused');
    for (const [what, change] of Object.entries(changes)) {
      await change(visit);
      await visit.page.type(`${what} `);
      expect(await newestField(visit)).toBe('focused');
    }
    await visit.page.press('Enter');
    await chat.untilText(`You said: ${Object.keys(changes).join(' ')}`);
    expect(await newestField(visit)).toBe('focused');
  });
};
