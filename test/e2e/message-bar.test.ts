/** The actions of a message: feedback, quotes, deletion; and what happens if the API rejects them. */
import { beforeEach, expect, test } from 'vitest';
import type { ChatOptions, CozeChatElement } from '../../src/index.js';
import type { PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));
beforeEach(() => world.coze.forgetConversations());

const REASONS = [{ text: 'Not true' }, { text: 'Something else', needsComment: true }];
const set = (chat: PaneChat, options: ChatOptions) =>
  chat.element.evaluate((element: CozeChatElement, chatOptions) => Object.assign(element, { chatOptions }), options);

async function openChat(expectedErrors: readonly RegExp[] = []): Promise<PaneChat> {
  const chat = (await world.open({ signedIn: { left: 'alice' }, expectedErrors })).chat();
  await set(chat, { feedback: { shown: true, reasons: REASONS } });
  await chat.element.evaluate((element: CozeChatElement) => {
    const reported: unknown[] = [];
    Object.assign(window, { reported });
    element.addEventListener('coze-feedback', ({ rating, reasons, comment }) => reported.push([rating, reasons, comment]));
    element.addEventListener('coze-error', ({ message }) => reported.push(message));
  });
  return chat;
}

const reported = (chat: PaneChat): Promise<unknown[]> =>
  chat.element.evaluate(() => (window as unknown as { reported: unknown[] }).reported);
const lastBar = (chat: PaneChat) => chat.frame.getByRole('toolbar').last();
const feedbackRequests = () => world.coze.requests.filter(({ path }) => path.endsWith('/feedback'));

test('Feedback is sent, explained, kept for the next visit, and taken back', { tags: 'gateway' }, async () => {
  const chat = await openChat();
  await chat.ask('rate this');
  const like = lastBar(chat).getByRole('button', { name: 'Good answer' });
  const dislike = lastBar(chat).getByRole('button', { name: 'Bad answer' });
  await like.click();
  await chat.frame.locator('[aria-label="Good answer"][aria-pressed="true"]').waitFor();
  await dislike.click();
  const dialog = chat.frame.getByRole('dialog', { name: 'What was wrong?' });
  await dialog.getByRole('checkbox', { name: 'Something else' }).check();
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByRole('textbox').fill('It is 20 EUR');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.waitFor({ state: 'detached' });
  await expect
    .poll(() => reported(chat))
    .toEqual([
      ['like', [], ''],
      ['dislike', [], ''],
      ['dislike', ['Something else'], 'It is 20 EUR'],
    ]);
  const [id] = feedbackRequests().map(({ path }) => path.split('/')[5] ?? '');
  expect(world.coze.feedbackOn(id ?? '')).toEqual({ feedback_type: 'unlike', reason_types: ['Something else'], comment: 'It is 20 EUR' });

  await chat.element.page().reload();
  await set(chat, { feedback: { shown: true } });
  await chat.frame.locator('[aria-label="Bad answer"][aria-pressed="true"]').waitFor();
  const stored = await chat.element.evaluate(() => JSON.stringify(localStorage));
  expect(stored).not.toContain(id);
  await lastBar(chat).getByRole('button', { name: 'Bad answer' }).click();
  await chat.frame.locator('[aria-label="Bad answer"][aria-pressed="false"]').waitFor();
  await expect.poll(() => world.coze.feedbackOn(id ?? '')).toBeUndefined();
});

test('Rejected feedback removes the buttons with an explanation, and coze-error names the permission', async () => {
  const chat = await openChat();
  await chat.ask('rate that');
  await chat.ask('and that');
  world.coze.setFaults({ api: { code: 4101, msg: 'no permission' } });
  await lastBar(chat).getByRole('button', { name: 'Good answer' }).click();
  await chat.frame.getByText('No feedback can be given on this answer.').first().waitFor();
  expect(await lastBar(chat).getByRole('button', { name: 'Good answer' }).count()).toBe(0);
  await expect.poll(() => reported(chat)).toEqual([expect.stringMatching(/permission feedback.*code 4101/)]);
  expect(feedbackRequests()).toHaveLength(1);
  world.coze.resetFaults();
  await chat.ask('the chat goes on');
  expect(await lastBar(chat).getByRole('button', { name: 'Good answer' }).count()).toBe(0);
});

test('Feedback that could not be sent offline can be sent again', async () => {
  const chat = await openChat([/ERR_INTERNET_DISCONNECTED/]);
  await chat.ask('rate it later');
  const like = lastBar(chat).getByRole('button', { name: 'Good answer' });
  await chat.element.page().context().setOffline(true);
  await like.click();
  await chat.frame.getByText('Your feedback could not be sent. Please try again.').first().waitFor();
  await chat.element.page().context().setOffline(false);
  await like.click();
  await chat.frame.locator('[aria-label="Good answer"][aria-pressed="true"]').waitFor();
});

test('A comment on a bad answer is kept when it could not be sent, and can be sent again', async () => {
  const chat = await openChat([/ERR_INTERNET_DISCONNECTED/]);
  const context = chat.element.page().context();
  await chat.ask('a bad answer without a network');
  await lastBar(chat).getByRole('button', { name: 'Bad answer' }).click();
  const dialog = chat.frame.getByRole('dialog', { name: 'What was wrong?' });
  await dialog.getByRole('checkbox', { name: 'Something else' }).check();
  await dialog.getByRole('textbox').fill('It is 20 EUR');
  await context.setOffline(true);
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.getByRole('alert').getByText('Your feedback could not be sent. Please try again.').waitFor();
  await context.setOffline(false);
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => reported(chat)).toContainEqual(['dislike', ['Something else'], 'It is 20 EUR']);
});

test('A visitor who sends a reason without the text that it needs can go on typing, because the text field has the focus', async () => {
  const chat = await openChat();
  await chat.ask('a bad answer that needs a text');
  await lastBar(chat).getByRole('button', { name: 'Bad answer' }).press('Enter');
  const dialog = chat.frame.getByRole('dialog', { name: 'What was wrong?' });
  await dialog.getByRole('checkbox', { name: 'Something else' }).press('Space');
  await dialog.getByRole('button', { name: 'Send' }).press('Enter');
  await dialog.getByRole('alert').waitFor();
  await chat.element.page().keyboard.type('It is 20 EUR');
  expect(await dialog.getByRole('textbox').inputValue()).toBe('It is 20 EUR');
  expect(await dialog.getByRole('alert').count()).toBe(0);
});

test('An Escape that ends a composition keeps the dialog with the comment', async () => {
  const chat = await openChat();
  await chat.ask('a bad answer that needs a comment');
  await lastBar(chat).getByRole('button', { name: 'Bad answer' }).click();
  const comment = chat.frame.getByRole('dialog', { name: 'What was wrong?' }).getByRole('textbox');
  await comment.fill('它是二十');
  await comment.dispatchEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true, isComposing: true });
  // In Safari, the composition is over by then, and only `keyCode` tells.
  await comment.dispatchEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true, keyCode: 229 });
  expect(await comment.inputValue()).toBe('它是二十');
});

test('A visitor who rates an answer as bad is thanked after the question about the reason, not before', async () => {
  const chat = await openChat();
  await chat.ask('a bad answer, please');
  const thanks = chat.frame.getByText('Thank you for your feedback.').first();
  const dialog = chat.frame.getByRole('dialog', { name: 'What was wrong?' });
  await lastBar(chat).getByRole('button', { name: 'Bad answer' }).click();
  await dialog.waitFor();
  expect(await thanks.count()).toBe(0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await thanks.waitFor();
});

test('A message bar that could not be loaded offline appears when the network returns', async () => {
  const context = await world.newContext();
  await context.route('**/message-bar-*.js', (route) => route.abort());
  const page = await world.open({ signedIn: { left: 'alice' }, context, expectedErrors: [/message-bar|ERR_FAILED/] });
  const chat = page.chat();
  const failed = page.page.waitForEvent('console', (message) => message.text().includes('The bar of the messages could not be loaded'));
  await chat.ask('asked without a bar');
  await failed;
  expect(await chat.frame.getByRole('toolbar').count()).toBe(0);
  await context.unroute('**/message-bar-*.js');
  await context.setOffline(true);
  await context.setOffline(false);
  await lastBar(chat).getByRole('button', { name: 'Copy' }).waitFor();
});

test('A quote is shown above the field, is sent with the question, and is shown in the history', async () => {
  const chat = await openChat();
  await chat.ask('The price is 20 <b>EUR</b>');
  await lastBar(chat).getByRole('button', { name: 'Quote' }).click();
  await chat.frame.locator('.quote--pending').getByText('The price is 20 <b>EUR</b>').waitFor();
  await chat.frame.getByRole('button', { name: 'Remove the quote' }).click();
  await chat.frame.locator('.quote--pending').waitFor({ state: 'detached' });
  await lastBar(chat).getByRole('button', { name: 'Quote' }).click();
  await chat.ask('Is that with VAT?');
  expect(await chat.frame.locator('.quote--pending').count()).toBe(0);
  const sent = world.coze.requests.findLast(({ path }) => path === '/v3/chat');
  expect(sent?.requestText).toContain('Is that with VAT?');
  await chat.frame.locator('.message--visitor .quote').getByText('You said: The price is 20').waitFor();
  await chat.element.page().reload();
  await chat.frame.locator('.message--visitor .quote').getByText('You said: The price is 20').waitFor();
  expect(await chat.frame.locator('.message--visitor').last().innerText()).toContain('Is that with VAT?');
});

test('A quote is shown as plain text above the field and in the history, and is sent to the bot as Markdown', async () => {
  const chat = await openChat();
  const markdown = '**The price** is [20 EUR](https://shop.example/price).\n\n- with `VAT`\n\n```js\npay(20);\n```';
  await chat.exchange(markdown);
  await lastBar(chat).getByRole('button', { name: 'Quote' }).click();
  const plain = /^Quoted: You said: The price is 20 EUR\.\s+• with VAT\s+pay\(20\);$/;
  await chat.frame.locator('.quote--pending blockquote').filter({ hasText: plain }).waitFor();
  await chat.ask('Is that all?');
  const sent = world.coze.requests.findLast(({ path }) => path === '/v3/chat');
  expect(sent?.requestText).toContain('You said: **The price** is [20 EUR](https://shop.example/price).');
  await chat.frame.locator('.message--visitor blockquote').filter({ hasText: plain }).waitFor();
  await chat.element.page().reload();
  await chat.frame.locator('.message--visitor blockquote').filter({ hasText: plain }).waitFor();
});

test('A question is deleted with its answer after the visitor has confirmed it', async () => {
  const chat = await openChat();
  await chat.ask('keep this');
  await chat.ask('forget this');
  const question = chat.frame.locator('.message--visitor').last();
  await question.hover();
  await question.getByRole('button', { name: 'Delete' }).click();
  const dialog = chat.frame.getByRole('dialog', { name: 'Delete this message and its answer?' });
  await dialog.waitFor();
  await chat.element.page().keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await chat.element.evaluate((element: CozeChatElement) => element.status)).toBe('ready');
  await question.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await chat.answerTo('forget this').waitFor({ state: 'detached' });
  await chat.element.page().reload();
  await chat.answerTo('keep this').waitFor();
  expect(await chat.text()).not.toContain('forget this');
});

test('A message whose deletion is slow is removed from a conversation that has grown meanwhile', async () => {
  const chat = await openChat();
  await chat.ask('keep this');
  await chat.ask('forget this');
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await chat.element.page().route(/message\/delete/, (route) => released.then(() => route.continue()));
  const question = chat.frame.locator('.message--visitor').last();
  await question.hover();
  await question.getByRole('button', { name: 'Delete' }).click();
  await chat.frame.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await chat.ask('and this is new');
  release();
  await chat.answerTo('forget this').waitFor({ state: 'detached' });
  expect(await chat.text()).toContain('You said: and this is new');
});

test('A quote is sent with a question that has a file, too', async () => {
  const chat = await openChat();
  await chat.ask('The price is 20 EUR');
  await lastBar(chat).getByRole('button', { name: 'Quote' }).click();
  const chooser = chat.element.page().waitForEvent('filechooser');
  await chat.frame.getByRole('button', { name: 'Add a file' }).click();
  await (await chooser).setFiles({ name: 'offer.txt', mimeType: 'text/plain', buffer: Buffer.from('an offer') });
  await chat.frame.locator('.attachment--uploaded').waitFor();
  await chat.exchange('Does the offer say the same?');
  const sent = world.coze.requests.findLast(({ path }) => path === '/v3/chat')?.requestText;
  expect(sent).toContain('offer');
  expect(sent).toContain('You said: The price is 20 EUR');
});

test('A message that could not be deleted offline is kept, and can be deleted later', async () => {
  const chat = await openChat([/ERR_INTERNET_DISCONNECTED/]);
  await chat.ask('forget it later');
  const dialog = chat.frame.getByRole('dialog');
  await chat.element.page().context().setOffline(true);
  await lastBar(chat).getByRole('button', { name: 'Delete' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await chat.frame.getByText('It could not be deleted. Please try again.').first().waitFor();
  await chat.element.page().context().setOffline(false);
  expect(await chat.text()).toContain('You said: forget it later');
  await lastBar(chat).getByRole('button', { name: 'Delete' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await chat.answerTo('forget it later').waitFor({ state: 'detached' });
});

test('An answer that was deleted without its question leaves the screen, and the question can be deleted later', async () => {
  const chat = await openChat();
  await chat.ask('half of this stays');
  const deletions = '**/v1/conversation/message/delete*';
  let count = 0;
  await chat.element.page().route(deletions, (route) => {
    count += 1;
    return count === 1 ? route.continue() : route.fulfill({ json: { code: 5000, msg: 'internal' } });
  });
  const question = chat.frame.locator('.message--visitor').last();
  const remove = async (): Promise<void> => {
    await question.hover();
    await question.getByRole('button', { name: 'Delete' }).click();
    await chat.frame.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  };
  await remove();
  await chat.frame.getByText('It could not be deleted. Please try again.').first().waitFor();
  await chat.answerTo('half of this stays').waitFor({ state: 'detached' });
  await chat.element.page().unroute(deletions);
  await remove();
  await expect.poll(() => chat.text()).not.toContain('half of this stays');
});

test('A message that is being answered cannot be deleted, and a missing permission is reported', async () => {
  const chat = await openChat();
  await chat.ask('said before');
  world.coze.setFaults({ holdLastWord: true });
  await chat.send('still coming');
  const running = chat.frame.locator('.message--visitor', { hasText: 'still coming' });
  await running.hover();
  const remove = running.getByRole('button', { name: 'Delete' });
  expect(await remove.getAttribute('aria-disabled')).toBe('true');
  world.coze.setFaults({ holdLastWord: false });
  await chat.untilIdle();
  world.coze.setFaults({ api: { code: 4101, msg: 'no permission' } });
  await lastBar(chat).getByRole('button', { name: 'Delete' }).click();
  await chat.frame.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await chat.frame.getByText('This is not possible here.').first().waitFor();
  await expect.poll(() => reported(chat)).toEqual([expect.stringMatching(/permission deleteMessage.*code 4101/)]);
  world.coze.resetFaults();
  await chat.ask('the chat goes on');
});

test('The bars of all messages are one stop for the Tab key, and arrow keys lead from message to message', async () => {
  const chat = await openChat();
  const { keyboard } = chat.element.page();
  for (const text of ['one', 'two', 'three']) await chat.ask(text);
  const focused = (): Promise<readonly (string | null | undefined)[]> =>
    chat.frame.locator('body').evaluate(({ ownerDocument: { activeElement } }) => {
      const message = activeElement?.closest('.message');
      const by = message?.matches('.message--visitor') === true ? 'visitor' : 'bot';
      return message == null ? [] : [activeElement?.getAttribute('aria-label'), by, message.textContent?.match(/one|two|three/)?.[0]];
    });
  const press = async (key: string): Promise<readonly (string | null | undefined)[]> => {
    await keyboard.press(key);
    return focused();
  };
  /** The action bars that Tab stops at between the beginning of the messages and the text field. */
  const stops = async (): Promise<readonly unknown[]> => {
    const met: unknown[] = [];
    await chat.frame.getByRole('log').focus();
    while (!(await chat.input.evaluate((field) => field === field.ownerDocument.activeElement))) {
      const place = await press('Tab');
      if (place[0] === 'Copy') met.push(place);
    }
    return met;
  };

  expect(await stops()).toEqual([['Copy', 'bot', 'three']]);
  await chat.frame.getByRole('toolbar').last().getByRole('button', { name: 'Copy' }).focus();
  expect(await press('ArrowDown')).toEqual(['Copy', 'bot', 'three']);
  expect(await press('ArrowUp')).toEqual(['Copy', 'visitor', 'three']);
  expect(await press('End')).toEqual(['Delete', 'visitor', 'three']);
  // The same action of this message, if it has that; else its first action.
  expect(await press('ArrowUp')).toEqual(['Delete', 'bot', 'two']);
  expect(await press('ArrowLeft')).toEqual(['Bad answer', 'bot', 'two']);
  expect(await press('ArrowUp')).toEqual(['Copy', 'visitor', 'two']);
  // Tab returns to the visitor's last position; a message that arrives or disappears moves that position to the newest message.
  expect(await stops()).toEqual([['Copy', 'visitor', 'two']]);
  await chat.ask('two again');
  expect(await stops()).toEqual([['Copy', 'bot', 'two']]);
  const question = chat.frame.locator('.message--visitor').last();
  await question.hover();
  await question.getByRole('button', { name: 'Delete' }).click();
  await chat.frame.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await chat.answerTo('two again').waitFor({ state: 'detached' });
  expect(await stops()).toEqual([['Copy', 'bot', 'three']]);
});
