/** B9: a printed page contains no bubble, but all messages of an inline chat. */
import { expect, test } from 'vitest';
import type { ChatPage, PaneChat } from '../../e2e/support/chat-page.js';
import { setUpWorld, type World } from '../../e2e/support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const questions = Array.from({ length: 12 }, (_, index) => `message ${index}`);

async function openWith(attributes: Readonly<Record<string, string>>, body = ''): Promise<[ChatPage, PaneChat]> {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes, body });
  return [page, page.chat()];
}

/** Emulates printing. */
async function asPrinted<T>({ page }: ChatPage, look: () => Promise<T>): Promise<T> {
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const seen = await look();
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: null });
  return seen;
}

const pagesOf = async ({ page }: ChatPage): Promise<number> =>
  (await page.pdf()).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

test('A long page with an open bubble has as many printed sheets as without it, and the bubble is not printed', async () => {
  const [page, chat] = await openWith({ mode: 'bubble', open: '' }, '<div style="block-size: 3000px">A long page</div>');
  await chat.ask('a question');
  expect(await asPrinted(page, () => chat.element.isVisible())).toBe(false);
  const sheets = await pagesOf(page);
  await chat.element.evaluate((element) => element.remove());
  expect(sheets).toBe(await pagesOf(page));
});

test.each(['inline', 'page'])(
  'A chat with mode="%s" prints every message without the text field, and looks as before afterwards',
  async (mode) => {
    const [page, chat] = await openWith({ mode });
    for (const text of questions) await chat.ask(text);
    const frame = chat.element.locator('iframe');
    const before = await frame.boundingBox();
    const printed = await asPrinted(page, async () => ({
      height: (await frame.boundingBox())?.height ?? 0,
      content: await chat.frame.locator('html').evaluate((root) => root.scrollHeight),
      first: await chat.frame
        .getByText(questions[0] ?? '', { exact: true })
        .first()
        .boundingBox(),
      last: await chat.answerTo(questions.at(-1) ?? '').boundingBox(),
      field: await chat.input.isVisible(),
      element: await chat.element.boundingBox(),
    }));
    expect(printed.height).toBeGreaterThan(12 * 2 * 44);
    expect(printed.content).toBeLessThanOrEqual(printed.height);
    const { y = 0, height = 0 } = printed.element ?? {};
    expect(printed.first?.y).toBeGreaterThanOrEqual(y);
    expect((printed.last?.y ?? 0) + (printed.last?.height ?? 0)).toBeLessThanOrEqual(y + height);
    expect(printed.field).toBe(false);
    expect(await pagesOf(page)).toBeGreaterThan(1);
    expect(await frame.boundingBox()).toEqual(before);
    expect(await chat.input.isVisible()).toBe(true);
    await chat.ask('after printing');
  },
);
