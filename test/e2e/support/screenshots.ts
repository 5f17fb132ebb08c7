/** `npm run screenshots`, after a build: the pictures of the chat's main states in the README. */
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions } from 'playwright';
import { World } from './world.js';

const phone: BrowserContextOptions = { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true };
const desktop: BrowserContextOptions = { viewport: { width: 760, height: 780 } };
const head =
  '<meta name="viewport" content="width=device-width"><style>body { margin: 0; background: light-dark(#f4f4f8, #111116); color-scheme: light dark }</style>';

interface Shot {
  readonly name: string;
  readonly context: BrowserContextOptions;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly question?: string;
  /** Nobody: the chat says so. */
  readonly isSignedOut?: boolean;
  readonly isClosed?: boolean;
}

const shots: readonly Shot[] = [
  { name: 'closed', context: desktop, attributes: { teaser: 'May I help you?', 'teaser-delay-seconds': '0' }, isClosed: true },
  { name: 'light', context: { ...desktop, colorScheme: 'light' }, attributes: { heading: 'Support' }, question: 'good day' },
  { name: 'dark', context: { ...desktop, colorScheme: 'dark' }, attributes: { heading: 'Support' }, question: 'good day' },
  { name: 'phone', context: phone, attributes: { heading: 'Support' }, question: 'good day' },
  { name: 'arabic', context: { ...phone, colorScheme: 'dark' }, attributes: { locale: 'ar' }, question: 'مرحبا coze-chat' },
  { name: 'signed-out', context: phone, isSignedOut: true },
];

const world = await World.create();
try {
  for (const { name, context: options, attributes = {}, question, isSignedOut = false, isClosed = false } of shots) {
    const context = await world.browser.newContext(options);
    const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble', ...attributes }, head, context });
    const chat = page.chat();
    if (isSignedOut) await page.signOut('left');
    if (isClosed) await chat.element.getByText('May I help you?').waitFor();
    else await chat.element.locator('[part=launcher]').click();
    if (question !== undefined) {
      await chat.frame.locator('textarea').fill(question);
      await chat.frame.locator('textarea').press('Enter');
      await chat.answerTo(question).waitFor();
      await chat.frame.getByText('What did I say?').last().waitFor();
    }
    if (isSignedOut) await chat.untilStatus('signed-out');
    // What grows and fades has come to rest.
    await page.page.waitForLoadState('networkidle');
    await page.page.screenshot({
      path: fileURLToPath(new URL(`../../../demo/pictures/chat-${name}.png`, import.meta.url)),
      animations: 'disabled',
      caret: 'hide',
    });
    await context.close();
  }
} finally {
  await world.close();
}
