/**
 * `npm run screenshots`, after a build: the pictures of the documentation. With names, such as `-- preview visit`, only the pictures whose
 * names begin with them.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PaneChat } from '../chat-page.js';
import { startPreviewSite } from '../preview-site.js';
import { chineseScenes, photograph, scenes } from '../scenes.js';
import { World } from '../world.js';
import { drawStrip } from './strip.js';
import { photographVisit, visits } from './visit.js';

/** Alice asks for something that uses a tool of the page, Bob for something else. */
const previews = [
  { name: 'preview', locale: 'en', width: 1440, height: 1080, questions: ['Put decaf into my cart', 'Where is my order 1042?'] },
  { name: 'preview-zh-CN', locale: 'zh-CN', width: 1440, height: 1080, questions: ['把2包低因咖啡放进购物车', '我的订单 1042 到哪里了？'] },
  { name: 'preview-phone', locale: 'en', width: 390, height: 844, questions: ['Put decaf into my cart'] },
] as const;

type Photographer = (world: World) => Promise<Buffer>;

/** By name. Each is taken with fresh servers, so that the history is empty. */
const pictures: readonly (readonly [name: string, take: Photographer])[] = [
  ...[...scenes, ...chineseScenes].map((scene) => [`chat-${scene.name}`, (world: World) => photograph(world, scene)] as const),
  ...previews.map((preview) => [preview.name, (world: World) => photographPreview(world, preview)] as const),
  ...visits.map((visit) => [visit.name, async (world: World) => drawStrip(world, await photographVisit(world, visit))] as const),
];

const wanted = process.argv.slice(2);
for (const [name, take] of pictures) {
  if (wanted.length > 0 && !wanted.some((beginning) => name.startsWith(beginning))) continue;
  const world = await World.create();
  try {
    writeFileSync(fileURLToPath(new URL(`../../../../demo/pictures/${name}.png`, import.meta.url)), await take(world));
  } finally {
    await world.close();
  }
}

async function photographPreview(world: World, { locale, width, height, questions }: (typeof previews)[number]): Promise<Buffer> {
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
  return picture;
}
