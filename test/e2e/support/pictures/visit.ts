/** A visitor's minute with a shop's chat, on a phone. */
import type { Locator } from 'playwright';
import type { CozeChatElement } from '../../../../src/index.js';
import { type ChatStrings, strings as en } from '../../../../src/locales/translations/en.js';
import { strings as zhCN } from '../../../../src/locales/translations/zh-CN.js';
import type { PaneChat } from '../chat-page.js';
import type { World } from '../world.js';
import { type Frame, FRAME_SIZE, type Strip } from './strip.js';

interface Visit {
  readonly name: string;
  readonly language: 'en' | 'zh-CN';
  readonly strings: ChatStrings;
  readonly captions: readonly [string, string, string, string, string, string];
  readonly shop: { readonly name: string; readonly product: string; readonly price: string; readonly text: string };
  readonly heading: string;
  readonly teaser: string;
  /** Questions of earlier days. */
  readonly earlier: readonly string[];
  /** The suggestion that the visitor chooses, and the part of the answer that is visible in the picture. */
  readonly suggestion: string;
  readonly halfAnswer: string;
  readonly file: string;
  readonly aboutPicture: string;
  readonly question: string;
  /** The draft that is visible together with the quote of the last answer. */
  readonly aboutQuote: string;
}

export const visits: readonly Visit[] = [
  {
    name: 'visit',
    language: 'en',
    strings: en,
    captions: [
      'One tap on the launcher',
      'A greeting, and what to ask',
      'The answer streams in; Stop ends it',
      'A picture and words in one message',
      'A thumbs-up, and a quote to ask on',
      'Earlier conversations to come back to',
    ],
    shop: {
      name: 'Tidewater Coffee',
      product: 'House blend',
      price: '€ 9.80',
      text: 'Chocolate, hazelnut, a little cherry. Roasted on Mondays.',
    },
    heading: 'Tidewater Coffee',
    teaser: 'May I help you?',
    earlier: ['Do you deliver to Norway?', 'Where is my order 1042?'],
    suggestion: 'What can you do?',
    halfAnswer: 'image',
    file: 'my-mill.png',
    aboutPicture: 'How fine should it grind?',
    question: 'And for espresso?',
    aboutQuote: 'Which beans go with it?',
  },
  {
    name: 'visit-zh-CN',
    language: 'zh-CN',
    strings: zhCN,
    captions: [
      '点一下悬浮球',
      '问候语和推荐问题',
      '回答逐字出现，随时可停',
      '图片和文字一起发送',
      '点赞，或者引用后追问',
      '以前的对话，接着聊',
    ],
    shop: { name: '潮汐咖啡', product: '经典拼配', price: '¥ 68', text: '巧克力、榛子，还有一点樱桃的味道。每周一烘焙。' },
    heading: '潮汐咖啡',
    teaser: '需要帮忙吗？',
    earlier: ['你们能送到拉萨吗？', '我的订单 1042 到哪里了？'],
    suggestion: '你会什么？',
    halfAnswer: '图片',
    file: '磨豆机.png',
    aboutPicture: '应该磨多细？',
    question: '做意式浓缩呢？',
    aboutQuote: '配哪种豆子？',
  },
];

/** The visitor's photo. */
const MILL = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 20 320 190" width="320" height="190">
<rect width="320" height="240" fill="#e9dccb"/><rect y="186" width="320" height="54" fill="#b98b5e"/>
<path d="M160 62V40h58" fill="none" stroke="#3a3f46" stroke-width="8" stroke-linecap="round"/><circle cx="222" cy="40" r="11" fill="#7a4a24"/>
<path d="M112 62h96l-16 44h-64z" fill="#3a3f46"/><rect x="104" y="106" width="112" height="86" rx="8" fill="#8d5a2f"/>
<rect x="122" y="138" width="76" height="38" rx="4" fill="#6f431f"/><circle cx="160" cy="157" r="6" fill="#e2c08d"/>
</svg>`;

const bag = (name: string): string => `<svg viewBox="0 0 320 300" aria-hidden="true"><rect width="320" height="300" fill="#dfe9e4"/>
<path d="M96 44h128l14 220H82z" fill="#1f5c4d"/><path d="M96 44h128v22H96z" fill="#174639"/><rect x="108" y="126" width="104" height="74" rx="6" fill="#f6f0e4"/>
<text x="160" y="169" font-size="15" font-weight="700" text-anchor="middle" fill="#1f5c4d">${name}</text></svg>`;

const FONT = `'Noto Sans CJK SC', 'DejaVu Sans', sans-serif`;

const HEAD = `<meta name="viewport" content="width=device-width"><style>
  body { margin: 0; -webkit-tap-highlight-color: transparent; font: 16px/1.5 ${FONT}; color: #1c2622; background: #fff }
  header { padding: 18px 20px; font-weight: 700; border-bottom: 1px solid #e3e8e5 }
  header + svg { display: block }
  main { padding: 16px 20px }
  h1 { margin: 0; font-size: 22px } p { margin: 6px 0 }
  coze-chat { --coze-chat-font: ${FONT}; --coze-chat-accent: #1f6f5c }
</style>`;

/** Each frame is taken when the page is idle, except the one in which the answer is streaming. */
export async function photographVisit(world: World, visit: Visit): Promise<Strip> {
  const { language, strings, captions, shop, heading, teaser, earlier, suggestion, file } = visit;
  const context = await world.browser.newContext({
    viewport: FRAME_SIZE,
    hasTouch: true,
    isMobile: true,
    colorScheme: 'light',
    locale: language,
  });
  const attributes = {
    locale: language,
    heading,
    'user-name': 'Alice',
    'bot-id': language === 'en' ? world.coze.botId : world.coze.chineseBotId,
  };
  const signedIn = { left: 'alice' } as const;
  const former = (await world.open({ signedIn, context, attributes })).chat();
  for (const question of earlier) {
    await ask(former, question);
    await former.element.evaluate((element: CozeChatElement) => element.newConversation());
  }
  await former.element.page().close();

  const { product, price, text } = shop;
  const body = `<header>${shop.name}</header>${bag(product)}<main><h1>${product}</h1><p>${price}</p><p>${text}</p></main>`;
  const bubble = { ...attributes, mode: 'bubble', teaser, 'teaser-delay-seconds': '0' };
  const opened = await world.open({ signedIn, context, attributes: bubble, head: HEAD, body });
  const { page } = opened;
  const chat = opened.chat();
  await chat.element.evaluate((element: CozeChatElement) => {
    element.chatOptions = { conversations: true, feedback: { shown: true } };
  });
  const frames: Frame[] = [];
  const take = async (): Promise<void> => {
    const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    frames.push({ caption: captions[frames.length] ?? '', picture });
  };

  await chat.element.getByText(teaser).waitFor();
  await take();

  await chat.element.locator('[part=launcher]').tap();
  await chat.untilIdle();
  await chat.frame.getByRole('button', { name: suggestion }).waitFor();
  await take();

  world.coze.setFaults({ betweenWordsMs: 150 });
  await chat.frame.getByRole('button', { name: suggestion }).tap();
  await chat.frame.getByRole('log').getByText(visit.halfAnswer).first().waitFor();
  await chat.frame.getByRole('button', { name: strings.stopAnswer }).waitFor();
  await take();
  world.coze.resetFaults();
  await chat.untilIdle();

  await chat.frame.locator('input[type=file]').setInputFiles([{ name: file, mimeType: 'image/png', buffer: await drawMill(world) }]);
  await chat.frame.locator('.attachment--uploaded').waitFor();
  await chat.send(visit.aboutPicture);
  await chat.frame.getByRole('log').getByText(file).last().waitFor();
  await chat.untilIdle();
  // The whole message matters more than all of the suggestions.
  const sent = chat.frame.getByRole('log').getByText(visit.aboutPicture, { exact: true }).first();
  await sent.evaluate((element: HTMLElement) => {
    element.style.scrollMarginTop = '32px';
    element.scrollIntoView({ block: 'start' });
  });
  await take();

  await ask(chat, visit.question);
  await lastAction(chat, strings.goodAnswer).tap();
  await chat.frame.locator(`[aria-label="${strings.goodAnswer}"][aria-pressed="true"]`).waitFor();
  await chat.frame.getByText(strings.feedbackThanks).waitFor({ state: 'hidden' });
  await lastAction(chat, strings.quote).tap();
  await chat.input.fill(visit.aboutQuote);
  await take();

  // Not a tap, whose highlight would still be there.
  await chat.element.getByRole('button', { name: strings.conversationsTitle }).dispatchEvent('click');
  const list = chat.frame.getByRole('dialog', { name: strings.conversationsTitle });
  await list.getByText(earlier[0] ?? '').waitFor();
  await take();
  await context.close();
  return { language, frames };
}

async function drawMill({ browser }: World): Promise<Buffer> {
  const page = await browser.newPage();
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${MILL}`);
  const picture = await page.locator('svg').screenshot();
  await page.close();
  return picture;
}

/** The bot repeats the question in either language. */
async function ask(chat: PaneChat, question: string): Promise<void> {
  await chat.send(question);
  await chat.frame.getByRole('log').getByText(question).nth(1).waitFor();
  await chat.untilIdle();
}

/** A button of the newest answer. */
const lastAction = (chat: PaneChat, name: string): Locator => chat.frame.getByRole('toolbar').last().getByRole('button', { name });
