/** The list of conversations: a dialog, focus that moves into a frame and back, and a stream that is cancelled. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import { patience } from '../support/engine-chat.js';
import type { Suite } from '../support/suite.js';

export const conversations: Suite = (world) => {
  test('The list opens a conversation by keyboard, also during an answer, and returns the focus on Escape', async () => {
    const visit = await world().open({ signedIn: { left: 'alice' } });
    const chat = visit.chat();
    const { page } = visit;
    await page.run(() => {
      (document.querySelector('coze-chat') as CozeChatElement).chatOptions = { conversations: true };
    });
    const begin = (): Promise<void> =>
      page.run(async () => void (await (document.querySelector('coze-chat') as CozeChatElement).newConversation()));
    // An earlier test may have used the same visitor.
    await begin();
    await chat.ask('about apples');
    await begin();
    world().coze.setFaults({ holdLastWord: true });
    await chat.send('tell me a long story');
    await chat.untilText('You said: tell me a');

    const showList = async (): Promise<void> => {
      await page.run(() => document.querySelector('coze-chat')?.shadowRoot?.querySelector<HTMLElement>('.conversations')?.focus());
      await page.press('Enter');
      await expect.poll(listed, patience).not.toEqual([]);
    };
    /** The names in the list, the selected one in brackets. */
    const listed = (): Promise<string[]> =>
      page.run(() =>
        [
          ...(document
            .querySelector('coze-chat')
            ?.shadowRoot?.querySelector('iframe')
            ?.contentDocument?.querySelectorAll<HTMLElement>('dialog[open] .conversation__open') ?? []),
        ].map((row) => row.querySelector('bdi')?.textContent ?? ''),
      );
    const focusRow = async (name: string): Promise<void> => {
      // A conversation gets its name only after its first answer; without a row, Enter would start another conversation.
      await expect.poll(listed, patience).toContain(name);
      await page.run((name) => {
        const frame = document.querySelector('coze-chat')?.shadowRoot?.querySelector('iframe')?.contentDocument;
        const rows = [...(frame?.querySelectorAll<HTMLElement>('.conversation__open') ?? [])];
        rows.find((row) => row.textContent.includes(name))?.focus();
      }, name);
    };
    const log = (): Promise<string> =>
      page.run(
        () =>
          document
            .querySelector('coze-chat')
            ?.shadowRoot?.querySelector('iframe')
            ?.contentDocument?.querySelector<HTMLElement>('[role=log]')?.innerText ?? '',
      );

    await showList();
    await page.press('Escape');
    await expect.poll(listed, patience).toEqual([]);
    await chat.untilFocus('conversations');

    await showList();
    await focusRow('about apples');
    await page.press('Enter');
    await expect.poll(log, patience).toContain('You said: about apples');
    expect(await log()).not.toContain('story');
    world().coze.resetFaults();
    await chat.ask('about pears');

    await showList();
    await focusRow('tell me a long story');
    await page.press('Enter');
    await expect.poll(log, patience).toContain('You said: tell me a long story');
    expect(await log()).not.toMatch(/apples|pears/);
  });
};
