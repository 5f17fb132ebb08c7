/** `npm run screenshots`, after a build: the pictures of the documentation, of the chat's main states and of the preview page. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PaneChat } from './chat-page.js';
import { startPreviewSite } from './preview-site.js';
import { answerScenes, photograph, scenes } from './scenes.js';
import { World } from './world.js';

/** Alice asks for something that the page does, Bob for something else. */
const previews = [
  { name: 'preview', locale: 'en', width: 1440, height: 1080, questions: ['Put decaf into my cart', 'Where is my order 1042?'] },
  { name: 'preview-zh-CN', locale: 'zh-CN', width: 1440, height: 1080, questions: ['把2包低因咖啡放进购物车', '我的订单 1042 到哪里了？'] },
  { name: 'preview-phone', locale: 'en', width: 390, height: 844, questions: ['Put decaf into my cart'] },
] as const;

const world = await World.create();
try {
  for (const scene of [...scenes, ...answerScenes]) save(`chat-${scene.name}`, await photograph(world, scene));
} finally {
  await world.close();
}
for (const preview of previews) save(preview.name, await photographPreview(preview));

/** In a world of its own, in which nothing has been said. */
async function photographPreview({ locale, width, height, questions }: (typeof previews)[number]): Promise<Buffer> {
  const world = await World.create();
  const { origin, stop } = await startPreviewSite(world);
  const context = await world.browser.newContext({ locale, viewport: { width, height } });
  const page = await context.newPage();
  await page.goto(origin);
  for (const [index, question] of questions.entries()) {
    const chat = new PaneChat(page.locator('visitor-pane coze-chat').nth(index));
    await chat.send(question);
    await chat.frame.getByText(question).first().waitFor();
    if (index === 0) await chat.frame.getByRole('dialog').waitFor();
    else await chat.untilIdle();
  }
  const picture = await page.screenshot({ animations: 'disabled' });
  await stop();
  await world.close();
  return picture;
}

function save(name: string, picture: Buffer): void {
  writeFileSync(fileURLToPath(new URL(`../../../demo/pictures/${name}.png`, import.meta.url)), picture);
}
