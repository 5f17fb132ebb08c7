/** B13: scrolling in the chat does not scroll the page. */
import { expect, test } from 'vitest';
import type { PaneChat } from '../../e2e/support/chat-page.js';
import { setUpWorld, type World } from '../../e2e/support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const longPage = '<div style="block-size: 5000px">A long page</div>';
/** The page's scroll position afterwards. */
async function wheelAt(chat: PaneChat, where: { x: number; y: number }, by: number): Promise<number> {
  const page = chat.element.page();
  await page.mouse.move(where.x, where.y);
  for (let turn = 0; turn < 4; turn++) await page.mouse.wheel(0, by);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return page.evaluate(() => scrollY);
}

test.each([
  ['a short conversation', 1],
  ['a long one', 8],
])('The wheel over the panel with %s scrolls only its messages', async (_, count) => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble' }, body: longPage });
  const chat = page.chat();
  await chat.element.evaluate((element) => (element as HTMLElement & { show(): void }).show());
  for (let message = 0; message < count; message++) await chat.ask(`message ${message}`);
  await page.page.evaluate(() => scrollTo(0, 1000));
  const box = await chat.element.locator('[part=panel]').boundingBox();
  if (box === null) throw new Error('There is no panel.');
  const { x, y, width, height } = box;
  const places = {
    header: { x: x + width / 2, y: y + 20 },
    messages: { x: x + width / 2, y: y + height / 2 },
    composer: { x: x + width / 2, y: y + height - 60 },
  };
  for (const [name, where] of Object.entries(places))
    for (const by of [-1_200, 1_200]) expect(await wheelAt(chat, where, by), `${name} ${by}`).toBe(1000);
  await expect.poll(() => wheelAt(chat, { x: 20, y: 300 }, 300)).toBeGreaterThan(1000);
});
