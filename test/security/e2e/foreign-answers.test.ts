/** The API's responses are untrusted: a value of the wrong type only affects its own feature, never the whole chat. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import { setUpWorld, type World } from '../../e2e/support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const HISTORY = [
  null,
  7,
  { id: 3, type: 'answer', role: 'assistant', content_type: 'text', content: null, created_at: 'yesterday' },
  { id: '2', type: 'answer', role: 'assistant', content_type: 'text', content: 'Of the history', created_at: 1e300, chat_id: 'c' },
  { id: '1', type: 'question', role: 'user', content_type: 'text', content: 'Once asked', created_at: Number.MAX_VALUE, chat_id: 'c' },
  { id: '0', type: 'tool_response', role: 'assistant', content: {}, reasoning_content: [], chat_id: 'c' },
];
const PROFILE = {
  name: { first: 'Bo' },
  description: 7,
  icon_url: [],
  onboarding_info: { prologue: { text: 'Hello' }, suggested_questions: [null, { a: 1 }, 'A question?'] },
  voice_info_list: 'none',
  background_image_info: { web_background_image: 'none' },
  shortcut_commands: [null, { id: 1, name: 'x' }, { id: '1', name: 'Fine', components: [null, { name: 'city', options: 'Rome' }] }],
};
const LIST = [null, { id: 9 }, { id: '8', name: 7, created_at: 'x', updated_at: 1e300 }];

test('A chat starts, shows valid values and answers, whatever types the values of a history and a profile have', async () => {
  const context = await world.newContext();
  const page = await world.open({ signedIn: { left: 'alice' }, context });
  const chat = page.chat();
  await chat.ask('a conversation with a history');
  await context.route('**/v1/conversation/message/list**', (route) => route.fulfill(json({ code: 0, data: HISTORY, has_more: 'no' })));
  await context.route('**/v1/bots/*', (route) => route.fulfill(json({ code: 0, data: PROFILE })));
  await page.load();
  await chat.untilIdle();
  await chat.frame.getByText('Of the history').waitFor();
  await chat.frame.getByText('Once asked').waitFor();
  await chat.frame.getByRole('button', { name: 'Fine' }).waitFor();
  await context.route('**/v1/conversations?*', (route) => route.fulfill(json({ code: 0, data: { conversations: LIST, has_more: 1 } })));
  expect(await chat.element.evaluate((element: CozeChatElement) => element.listConversations())).toEqual({
    conversations: [expect.objectContaining({ id: '8', name: '', createdAt: 0, updatedAt: 0 })],
    hasMore: false,
  });
  await chat.ask('good day');
});

/** A cross-origin response, like the API's. */
function json(body: object): { readonly contentType: string; readonly headers: Record<string, string>; readonly body: string } {
  return { contentType: 'application/json', headers: { 'access-control-allow-origin': '*' }, body: JSON.stringify(body) };
}
