/** Tests the page's commands for conversations, one after the other, in a chat without conversations. */
import { expect } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import type { PaneChat } from './chat-page.js';

/** Lists, starts, opens, renames and deletes. */
export async function tryConversationCommands(chat: PaneChat): Promise<void> {
  await chat.ask('the first conversation');
  const first = await chat.element.evaluate(async (element: CozeChatElement) => {
    const [conversation] = (await element.listConversations()).conversations;
    await element.newConversation();
    return conversation?.id ?? '';
  });
  await chat.ask('the second conversation');
  await chat.element.evaluate((element: CozeChatElement, id) => element.openConversation(id), first);
  await chat.answerTo('the first conversation').waitFor();
  const names = await chat.element.evaluate(async (element: CozeChatElement, id) => {
    await element.renameConversation(id, 'Renamed');
    const renamed = (await element.listConversations()).conversations.map(({ name }) => name);
    await element.deleteConversation(id);
    return [renamed, (await element.listConversations()).conversations.map(({ name }) => name)];
  }, first);
  expect(names[0]).toContain('Renamed');
  expect(names[1]).not.toContain('Renamed');
}
