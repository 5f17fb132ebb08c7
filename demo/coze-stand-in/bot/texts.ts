import type { Command } from './command.js';

export type Language = 'en' | 'zh';

/** Chinese is answered in Chinese, everything else in English. */
export const languageOf = (text: string): Language => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en');

interface Texts {
  readonly echo: (text: string) => string;
  readonly greeting: string;
  readonly help: string;
  readonly nothingSaid: string;
  readonly saidBefore: (questions: readonly string[]) => string;
  readonly introductions: Readonly<Record<'table' | 'code' | 'list' | 'tasks' | 'image' | 'link', string>>;
  readonly slow: string;
  readonly partial: string;
  readonly longParagraph: (number: number) => string;
  readonly cartChanged: (output: string) => string;
  readonly cartUnchanged: string;
  readonly cartHolds: (output: string) => string;
  readonly cartUnknown: string;
  readonly atProduct: (product: string) => string;
  readonly atPage: (page: string) => string;
  readonly placeUnknown: string;
  readonly file: (name: string, mediaType: string, bytes: number) => string;
  readonly suggestions: Readonly<Record<'afterEcho' | 'afterSample' | 'afterMemory', readonly string[]>>;
}

export const STRINGS: Readonly<Record<Language, Texts>> = {
  en: {
    echo: (text) => `You said: ${text}`,
    greeting: 'Hello! Say anything and I repeat it. Ask “What can you do?” to see more.',
    help: 'I repeat what you say. I also know these words: **table**, **code**, **list**, **tasks**, **image**, **link**, **markdown**, **action**, **long**, **slow**, **fail** and **error**. Send me a picture and I describe it. Ask “What did I say?” and I tell you what I remember of this conversation.',
    nothingSaid: 'You have not said anything in this conversation yet.',
    saidBefore: (questions) => `In this conversation you said:\n\n${numbered(questions)}`,
    introductions: {
      table: 'Here is a table:',
      code: 'Here is some code:',
      list: 'Here is a list:',
      tasks: 'What would you like?',
      image: 'Here is a picture:',
      link: 'Here is a link:',
    },
    slow: 'Good things take time: this answer came slowly, word by word.',
    partial: 'This answer starts well, but it breaks off before it is complete.',
    longParagraph: (number) =>
      `Paragraph ${number}. A parrot that has much to say says it calmly, one word after the other, while the reader scrolls along and the newest word stays in view.`,
    cartChanged: (output) => `Done. ${output}`,
    cartUnchanged: 'I have not put anything into your cart.',
    cartHolds: (output) => `In your cart: ${output}`,
    cartUnknown: 'I cannot see your cart from here.',
    atProduct: (product) => `You are looking at **${product}**.`,
    atPage: (page) => `You are at \`${page}\`.`,
    placeUnknown: 'I do not know what is on your screen.',
    file: (name, mediaType, bytes) => `I received **${name}**: ${mediaType || 'unknown type'}, ${bytes} bytes.`,
    suggestions: {
      afterEcho: ['What did I say?', 'Show me a table', 'Show me some code'],
      afterSample: ['Show me a picture', 'Show me a list', 'What did I say?'],
      afterMemory: ['What can you do?', 'Show me a link'],
    },
  },
  zh: {
    echo: (text) => `你说：${text}`,
    greeting: '你好！你说什么，我就重复什么。问我“你会什么？”可以看到更多。',
    help: '我会重复你说的话。我还认识这些词：**表格**、**代码**、**列表**、**任务**、**图片**、**链接**、**markdown**、**动作**、**长文**、**慢**、**失败**、**错误**。发一张图片，我会描述它。问“我说过什么？”，我会告诉你我在这个会话里记得的内容。',
    nothingSaid: '你在这个会话里还没有说过话。',
    saidBefore: (questions) => `你在这个会话里说过：\n\n${numbered(questions)}`,
    introductions: {
      table: '这是一个表格：',
      code: '这是一段代码：',
      list: '这是一个列表：',
      tasks: '你想要什么？',
      image: '这是一张图片：',
      link: '这是一个链接：',
    },
    slow: '好事多磨：这个回答是一个词一个词慢慢出来的。',
    partial: '这个回答开头很好，但是还没有说完就中断了。',
    longParagraph: (number) => `第${number}段。有很多话要说的鹦鹉会平静地一个词一个词地说，读者跟着往下滚动，最新的词总在眼前。`,
    cartChanged: (output) => `好了。${output}`,
    cartUnchanged: '我没有往您的购物车里放任何东西。',
    cartHolds: (output) => `您的购物车里有：${output}`,
    cartUnknown: '我在这里看不到您的购物车。',
    atProduct: (product) => `您正在看 **${product}**。`,
    atPage: (page) => `您在 \`${page}\`。`,
    placeUnknown: '我不知道您屏幕上是什么。',
    file: (name, mediaType, bytes) => `我收到了 **${name}**：${mediaType || '未知类型'}，${bytes} 字节。`,
    suggestions: {
      afterEcho: ['我说过什么？', '给我看一个表格', '给我看一段代码'],
      afterSample: ['给我看一张图片', '给我看一个列表', '我说过什么？'],
      afterMemory: ['你会什么？', '给我看一个链接'],
    },
  },
};

/** Commands whose answer is an introduction of one line and a sample. */
export type SampleCommand = Extract<Command, keyof Texts['introductions']>;

const numbered = (lines: readonly string[]): string => lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
