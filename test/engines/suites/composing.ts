/** A visitor's text and files, and an answer that they stop. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import { type EngineChat, patience } from '../support/engine-chat.js';
import type { EngineWorld } from '../support/engine-world.js';
import type { Suite } from '../support/suite.js';

const asked = ({ coze }: EngineWorld): string[] =>
  coze.requests.filter(({ path }) => path === '/v3/chat').map(({ requestText }) => requestText);

/** Presses the first element in the chat that `selector` finds. */
const press = (chat: EngineChat, selector: string): Promise<boolean> =>
  chat.page.run(
    (id, wanted) => {
      const frame = document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector('iframe')?.contentDocument;
      const element = frame?.querySelector<HTMLElement>(wanted);
      element?.click();
      return element != null;
    },
    chat.id,
    selector,
  );

const count = (chat: EngineChat, selector: string): Promise<number> =>
  chat.page.run(
    (id, wanted) =>
      document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector('iframe')?.contentDocument?.querySelectorAll(wanted).length ?? 0,
    chat.id,
    selector,
  );

/** Adds a file like a file dialog. */
const addFile = (chat: EngineChat, name: string): Promise<void> =>
  chat.page.run(
    (id, name) => {
      const view = document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector('iframe')?.contentWindow as Window &
        typeof globalThis;
      const input = view.document.querySelector<HTMLInputElement>('input[type=file]');
      const chosen = new view.DataTransfer();
      chosen.items.add(new view.File(['some text'], name, { type: 'text/plain' }));
      if (input !== null) input.files = chosen.files;
      input?.dispatchEvent(new view.Event('change', { bubbles: true }));
    },
    chat.id,
    name,
  );

/** Whether the chat leaves an input method's Enter to the browser. */
const composeEnter = (chat: EngineChat, init: KeyboardEventInit & { readonly keyCode?: number }): Promise<boolean> =>
  chat.page.run(
    (id, init) => {
      const view = document.querySelector(`coze-chat#${id}`)?.shadowRoot?.querySelector('iframe')?.contentWindow as Window &
        typeof globalThis;
      const enter = new view.KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true, ...init });
      if (enter.keyCode !== (init.keyCode ?? 0)) Object.defineProperty(enter, 'keyCode', { value: init.keyCode ?? 0 });
      return view.document.querySelector('textarea')?.dispatchEvent(enter) ?? false;
    },
    chat.id,
    init,
  );

export const composing: Suite = (world) => {
  const open = async (): Promise<EngineChat> => {
    world().coze.forgetConversations();
    const visit = await world().open({ signedIn: { left: 'alice' } });
    const chat = visit.chat();
    await chat.untilIdle();
    world().coze.clearRequests();
    return chat;
  };

  test.each([
    ['the button in place of Send', (chat: EngineChat) => press(chat, '.stop-button')],
    ['Escape in the field', (chat: EngineChat) => chat.page.press('Escape')],
  ] as const)('An answer is stopped by %s, and the next question works', async (_, stop) => {
    const chat = await open();
    world().coze.setFaults({ holdLastWord: true, answersOnUnread: true });
    await chat.send('never mind this');
    await chat.untilText('You said: never mind');
    await stop(chat);
    await chat.untilText('You stopped this answer.');
    await expect.poll(() => world().coze.requests.filter(({ path }) => path === '/v3/chat/cancel').length, patience).toBe(1);
    world().coze.resetFaults();
    await chat.ask('and now');
  });

  test('Text and a file are sent in one message, and the Enter of an input method sends neither', async () => {
    const chat = await open();
    await addFile(chat, 'a.txt');
    await expect.poll(() => count(chat, '.attachment--uploaded'), patience).toBe(1);
    await chat.focusField();
    await chat.page.type('look at this');
    expect(await composeEnter(chat, { isComposing: true })).toBe(true);
    expect(await composeEnter(chat, { keyCode: 229 })).toBe(true);
    expect(asked(world())).toEqual([]);
    await chat.page.press('Enter');
    await chat.untilText('You said: look at this');
    expect(asked(world()).map((content) => JSON.parse(content) as unknown)).toEqual([
      [
        { type: 'text', text: 'look at this' },
        { type: 'file', file_id: expect.stringMatching(/^\d+$/) },
      ],
    ]);
  });

  test('A file is kept when the frame is built again, also before it is uploaded', async () => {
    const chat = await open();
    world().coze.setFaults({ allDelayMs: 1_000_000 });
    await addFile(chat, 'a.txt');
    await expect.poll(() => count(chat, '.attachment--uploading'), patience).toBe(1);
    world().coze.resetFaults();
    await chat.page.run((id) => void ((document.querySelector(`coze-chat#${id}`) as CozeChatElement).userName += '+'), chat.id);
    await expect.poll(() => count(chat, '.attachment--uploaded'), patience).toBe(1);
    await chat.send('look at this');
    await chat.untilText('You said: look at this');
    expect(asked(world())).toEqual([expect.stringContaining('file_id')]);
  });

  test('Enter during an answer keeps the text in the field and says why', async () => {
    const chat = await open();
    world().coze.setFaults({ holdLastWord: true });
    await chat.send('tell me a story');
    await chat.untilText('You said: tell me a');
    await chat.page.type('and then');
    await chat.page.press('Enter');
    await chat.untilText('You can send this once the answer is complete.');
    world().coze.resetFaults();
    await chat.untilIdle();
    await chat.page.press('Enter');
    await chat.untilText('You said: and then');
  });
};
