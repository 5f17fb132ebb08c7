/** The chat's main states, for the pictures of the documentation and for the visual tests. */
import { existsSync } from 'node:fs';
import type { BrowserContext, BrowserContextOptions, PageScreenshotOptions } from 'playwright';
import type { ChatPage } from './chat-page.js';
import { CHINESE_ANSWER } from './chinese-answer.js';
import type { World } from './world.js';

const phone: BrowserContextOptions = { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true };
const desktop: BrowserContextOptions = { viewport: { width: 760, height: 780 } };
/** Fonts differ between machines; this one has the letter widths of the stored pictures. */
const font = { name: 'DejaVu Sans', path: '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf' };
export const HAS_FONT = existsSync(font.path);

/** `<head>` of the page around the chat. */
export const HEAD = `<meta name="viewport" content="width=device-width"><style>
  body { margin: 0; background: #f4f4f8; color-scheme: light dark }
  @media (prefers-color-scheme: dark) { body { background: #111116 } }
  coze-chat { --coze-chat-font: '${font.name}', sans-serif }
</style>`;

type Clip = NonNullable<PageScreenshotOptions['clip']>;

/** In pixels: the bubble's padding, but not the bot's picture above or beside it. */
const ANSWER_MARGINS = { x: 20, y: 14 };

export interface Scene {
  readonly name: string;
  readonly context: BrowserContextOptions;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly question?: string;
  /** In Chinese, with the Chinese bot. */
  readonly isChinese?: boolean;
  /** Nobody is signed in, and the chat says so. */
  readonly isSignedOut?: boolean;
  readonly isClosed?: boolean;
  /** The network goes offline after the answer. */
  readonly isOffline?: boolean;
  /** The bot's answer; the picture shows nothing else. */
  readonly answer?: string;
}

export const scenes: readonly Scene[] = [
  { name: 'closed', context: desktop, attributes: { teaser: 'May I help you?', 'teaser-delay-seconds': '0' }, isClosed: true },
  { name: 'light', context: { ...desktop, colorScheme: 'light' }, attributes: { heading: 'Support' }, question: 'good day' },
  { name: 'dark', context: { ...desktop, colorScheme: 'dark' }, attributes: { heading: 'Support' }, question: 'good day' },
  { name: 'phone', context: phone, attributes: { heading: 'Support' }, question: 'good day' },
  { name: 'arabic', context: { ...phone, colorScheme: 'dark' }, attributes: { locale: 'ar' }, question: 'مرحبا coze-chat' },
  { name: 'signed-out', context: phone, attributes: { 'sign-in-url': '/log-in' }, isSignedOut: true },
  { name: 'offline', context: desktop, attributes: { heading: 'Support' }, question: 'good day', isOffline: true },
];

/** These contain letters of fonts that not every machine has, so they only serve the documentation. */
export const chineseScenes: readonly Scene[] = [
  ...(['light', 'dark'] as const).map((colorScheme) => ({
    name: `${colorScheme}-zh-CN`,
    context: { ...desktop, colorScheme },
    attributes: { heading: '在线客服' },
    question: '早上好',
    isChinese: true,
  })),
  ...[390, 1_440].map((width) => ({
    name: `answer-${width}`,
    // High enough to show the whole answer.
    context: { viewport: { width, height: 3_600 }, colorScheme: 'light' as const },
    attributes: { mode: 'page' },
    isChinese: true,
    answer: CHINESE_ANSWER,
  })),
];

/** Sets the scene up in a context of its own, returns a PNG of it once the page is idle, and closes the context. */
export async function photograph(world: World, scene: Scene): Promise<Buffer> {
  const context = await world.browser.newContext(scene.context);
  try {
    const chatPage = await stage(world, scene, context);
    const { page } = chatPage;
    await page.waitForLoadState('networkidle');
    const clip = scene.answer === undefined ? undefined : await findAnswer(chatPage);
    return await page.screenshot({ animations: 'disabled', caret: 'hide', ...(clip && { clip }) });
  } finally {
    await context.close();
  }
}

async function stage(world: World, scene: Scene, context: BrowserContext): Promise<ChatPage> {
  const { attributes = {}, question, isChinese = false, isSignedOut = false, isClosed = false, isOffline = false, answer } = scene;
  // Expected if nobody is signed in.
  const expectedErrors = isSignedOut ? [/status of 401/] : [];
  const page = await world.open({
    signedIn: { left: 'alice' },
    attributes: { mode: 'bubble', ...(isChinese && { locale: 'zh-CN', 'bot-id': world.coze.chineseBotId }), ...attributes },
    head: HEAD,
    context,
    expectedErrors,
  });
  const chat = page.chat();
  if (isSignedOut) await page.signOut('left');
  if (isClosed) await chat.element.getByText('May I help you?').waitFor();
  else if (answer === undefined) await chat.element.locator('[part=launcher]').click();
  if (answer !== undefined) {
    await chat.send(`say:\n${answer}`);
    await chat.frame.locator('.md math').last().waitFor();
    await chat.frame.locator('.md-code span[class]').last().waitFor();
    await chat.untilIdle();
  }
  if (question !== undefined) {
    await chat.frame.locator('textarea').fill(question);
    await chat.frame.locator('textarea').press('Enter');
    await chat.frame
      .getByRole('log')
      .getByText(`${isChinese ? '你说：' : 'You said: '}${question}`)
      .last()
      .waitFor();
    await chat.frame
      .getByText(isChinese ? '我说过什么？' : 'What did I say?')
      .last()
      .waitFor();
  }
  if (isSignedOut) await chat.untilStatus('signed-out');
  if (isOffline) {
    await context.setOffline(true);
    await chat.element.getByText('You are offline').waitFor();
  }
  return page;
}

/** The area of the newest answer with a margin. The question is left out, because it contains the text of the whole answer. */
async function findAnswer(page: ChatPage): Promise<Clip> {
  const box = await page.chat().frame.locator('.md').last().boundingBox();
  if (box === null) throw new Error('There is no answer to be seen.');
  const { x, y } = ANSWER_MARGINS;
  return { x: box.x - x, width: box.width + 2 * x, y: box.y - y, height: box.height + 2 * y };
}
