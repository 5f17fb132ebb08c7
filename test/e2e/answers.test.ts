/** Streaming answers in a built chat. */
import { expect, test } from 'vitest';
import type { PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const paragraphs = (name: string, count: number): string =>
  Array.from({ length: count }, (_, index) => `${name} ${index + 1} is **one** of the [paragraphs](https://example.com) here.`).join(
    '\n\n',
  );

test('A paragraph of an answer begins at the side where its language begins, whatever the language of the chat', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  await chat.send('say:\nA line in English that is longer than the other.\n\nمرحبا **بالعالم**');
  const paragraph = chat.frame.locator('.message--bot p').filter({ hasText: /^مرحبا بالعالم$/ });
  await paragraph.waitFor();
  await chat.untilIdle();
  const gap = await paragraph.evaluate((element) => {
    const text = document.createRange();
    text.selectNodeContents(element);
    return element.getBoundingClientRect().right - text.getBoundingClientRect().right;
  });
  expect(gap).toBeLessThan(1);
});

type Step = Readonly<Record<'type' | 'content', string> & { content_type?: string }>;

/** Opens a chat whose next question gets these messages. */
async function openAnsweredBy(steps: readonly Step[]): Promise<PaneChat> {
  const page = await world.open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  await chat.untilIdle();
  const turn = { id: '1', conversation_id: '2', bot_id: '3', status: 'completed' };
  const messages = steps.map((step, index) => ({
    ...turn,
    id: `${index}`,
    chat_id: '1',
    role: 'assistant',
    content_type: 'text',
    ...step,
  }));
  const events = [
    ['conversation.chat.created', turn],
    ...messages.map((message) => ['conversation.message.completed', message] as const),
    ['conversation.chat.completed', turn],
    ['done', 1],
  ] as const;
  await page.page.route(/\/v3\/chat\?/, (route) =>
    route.fulfill({
      contentType: 'text/event-stream',
      headers: { 'access-control-allow-origin': '*' },
      body: events.map(([event, data]) => `event:${event}\ndata:${JSON.stringify(data)}\n\n`).join(''),
    }),
  );
  return chat;
}

test('An answer that is a card is named as one that cannot be shown', async () => {
  const chat = await openAnsweredBy([{ type: 'answer', content: '{}', content_type: 'card' }]);
  await chat.send('show me');
  await chat.frame.getByRole('log').getByText('This kind of message cannot be shown here.').waitFor();
});

test.each<[string, readonly Step[]]>([
  ['of no message', []],
  ['of an empty text', [{ type: 'answer', content: '' }]],
  ['of found knowledge only', [{ type: 'knowledge', content: 'a page about coffee' }]],
])('An answer that consists %s is named as no answer', async (_, steps) => {
  const chat = await openAnsweredBy(steps);
  await chat.exchange('are you there');
  expect(await chat.frame.getByRole('log').getByRole('alert').innerText()).toBe('No answer');
});

test('A turn that only calls a function of the page is not named as no answer', async () => {
  const chat = await openAnsweredBy([{ type: 'function_call', content: '{"name":"open_cart","arguments":{}}' }]);
  await chat.exchange('open my cart');
  expect(await chat.frame.getByRole('alert').count()).toBe(0);
});

test('A list in lists has room for its text in a narrow chat', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'page' } });
  await page.page.setViewportSize({ width: 220, height: 600 });
  const chat = page.chat();
  const levels = Array.from({ length: 10 }, (_, level) => `${'  '.repeat(level)}- level ${level}`);
  await chat.send(`say:\n${levels.join('\n')}`);
  const deepest = chat.frame.locator('.md').last().locator('li li li li li li li li li li');
  await deepest.waitFor();
  await chat.untilIdle();
  const bubble = await chat.frame.locator('.md').last().boundingBox();
  const text = await deepest.boundingBox();
  expect(text?.width).toBeGreaterThan(40);
  expect((text?.x ?? 0) + (text?.width ?? 0)).toBeLessThanOrEqual((bubble?.x ?? 0) + (bubble?.width ?? 0));
});

test('A visitor who has scrolled up keeps the position during an answer, and a visitor at the end follows the answer', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  const paragraph = (start: string) => chat.frame.getByText(`${start} is one of the paragraphs here.`, { exact: true }).last();
  // Line heights are fractional, scroll positions are not: a paragraph that stands still may seem to move by a pixel.
  const topOf = async (start: string): Promise<number> => Math.round((await paragraph(start).boundingBox())?.y ?? Number.NaN);
  await chat.send(`say:\n${paragraphs('Old', 30)}`);
  await paragraph('Old 30').waitFor();

  world.coze.setFaults({ betweenWordsMs: 2, holdLastWord: true });
  await chat.send(`say:\n${paragraphs('New', 30)}\n\nThe end`);
  await expect.poll(() => paragraph('New 30').isVisible()).toBe(true);
  await expect.poll(() => topOf('New 30')).toBeLessThan(page.page.viewportSize()?.height ?? 0);
  world.coze.resetFaults();
  await chat.frame.getByText('The end', { exact: true }).last().waitFor();

  await chat.untilIdle();
  world.coze.setFaults({ betweenWordsMs: 10, holdLastWord: true });
  await chat.send(`say:\n${paragraphs('Newest', 30)}\n\nThe very end`);
  await paragraph('Newest 1').waitFor();
  await paragraph('Newest 1').hover();
  await page.page.mouse.wheel(0, -2_500);
  await expect.poll(() => topOf('Newest 1')).toBeGreaterThan(1_500);
  // Waits until the wheel's smooth scrolling has ended.
  await expect.poll(async () => (await topOf('New 12')) === (await topOf('New 12'))).toBe(true);
  const before = await topOf('New 12');
  await paragraph('Newest 30').waitFor();
  expect(Math.abs((await topOf('New 12')) - before)).toBeLessThanOrEqual(1);
  world.coze.resetFaults();
  await chat.frame.getByText('The very end', { exact: true }).last().waitFor();
  await chat.untilIdle();
  expect(Math.abs((await topOf('New 12')) - before)).toBeLessThanOrEqual(1);
});

test('A very long answer is shown at its end after a reload, and does not jump while the visitor reads it upwards', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  const { frame } = page.chat();
  const count = 300;
  const parts = Array.from({ length: count }, (_, index) => `Part ${index} ${'goes on '.repeat(index % 9)}here.`);
  await page.chat().send(`say:\n${parts.join('\n\n')}`);
  const topOf = async (index: number): Promise<number> =>
    (
      await frame
        .getByText(new RegExp(`^Part ${index} `))
        .last()
        .boundingBox()
    )?.y ?? Number.NaN;
  await page.chat().untilIdle();
  await page.page.reload();
  const { height = 0 } = page.page.viewportSize() ?? {};
  const isInSight = (top: number): boolean => top > 0 && top < height;
  await expect.poll(async () => isInSight(await topOf(count - 1))).toBe(true);

  await frame
    .getByText(`Part ${count - 2} `)
    .last()
    .hover();
  const stepPx = 400;
  for (let reading = count - 2; reading > count / 2; reading -= 13) {
    const before = await topOf(reading);
    await page.page.mouse.wheel(0, -stepPx);
    // The engine lays out parts above it, and skips some below it.
    await expect.poll(async () => Math.round((await topOf(reading)) - before)).toBe(stepPx);
  }
});

test('A formula and code colours that could not be loaded offline appear when the network returns', async () => {
  const context = await world.newContext();
  const chunks = /\/(?:set-formula|colour-code)-[\w-]+\.js$/;
  await context.route(chunks, (route) => route.abort());
  const page = await world.open({ signedIn: { left: 'alice' }, context, expectedErrors: [/ERR_FAILED|is not there/] });
  const chat = page.chat();
  const failed = Promise.all(
    ['set-formula', 'colour-code'].map((name) => page.page.waitForEvent('requestfailed', (request) => request.url().includes(name))),
  );
  await chat.send('say:\n$$E = mc^2$$\n\n```js\nconst answer = 42;\n```\n\nThe end');
  await failed;
  await chat.untilIdle();
  const formula = chat.frame.locator('.md-math math').last();
  const coloured = chat.frame.locator('[role=log] figure code span').first();
  expect([await formula.count(), await coloured.count()]).toEqual([0, 0]);
  await context.unroute(chunks);
  await context.setOffline(true);
  await context.setOffline(false);
  await formula.waitFor();
  await coloured.waitFor();
});
