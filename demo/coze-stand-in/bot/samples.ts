/** Pieces of Markdown that the demo bot shows on request, in the language of the request. */
import type { Language, SampleCommand } from './texts.js';

/** Without the picture, whose URL depends on the stand-in's origin. */
type Samples = Readonly<Record<Exclude<SampleCommand, 'image'>, string>>;

const TABLE = `| Visitor | Session name | Sees |
| --- | --- | --- |
| Alice | \`acme:alice\` | only Alice's messages |
| Bob | \`acme:bob\` | only Bob's messages |`;

const CODE = `\`\`\`js
const greeting = 'Hello';
for (const name of ['Alice', 'Bob']) {
  console.log(\`\${greeting}, \${name}!\`);
}
\`\`\``;

const LIST = `1. Every visitor has a name.
2. Every name has a token.
   - It lives for an hour at most.
   - It is renewed before it ends.
3. Every token has a history of its own.`;

const TASKS = `- [ ] Espresso
- [ ] Filter coffee
- [ ] Tea`;

const LINK = '[The Coze documentation](https://www.coze.cn/open/docs)';

const TABLE_ZH = `| 访客 | session_name | 看得到 |
| --- | --- | --- |
| Alice | \`acme:alice\` | 只有 Alice 的消息 |
| Bob | \`acme:bob\` | 只有 Bob 的消息 |`;

const CODE_ZH = `\`\`\`js
const greeting = '你好';
for (const name of ['Alice', 'Bob']) {
  console.log(\`\${name}，\${greeting}！\`);
}
\`\`\``;

const LIST_ZH = `1. 每位访客都有一个名字。
2. 每个名字都有一个令牌。
   - 它最多有效一小时。
   - 到期之前就会续期。
3. 每个令牌都有自己的历史。`;

const TASKS_ZH = `- [ ] 意式浓缩
- [ ] 手冲咖啡
- [ ] 茶`;

const SAMPLES: Readonly<Record<Language, Samples>> = {
  en: { table: TABLE, code: CODE, list: LIST, tasks: TASKS, link: LINK },
  zh: { table: TABLE_ZH, code: CODE_ZH, list: LIST_ZH, tasks: TASKS_ZH, link: '[扣子文档](https://www.coze.cn/open/docs)' },
};

const PICTURE_TEXTS: Readonly<Record<Language, string>> = { en: 'Hills at sunrise', zh: '日出时的山丘' };

export const sampleOf = (command: SampleCommand, language: Language, origin: string): string =>
  command === 'image' ? `![${PICTURE_TEXTS[language]}](${origin}/assets/hills.svg)` : SAMPLES[language][command];

const HEADS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    '## A little of everything',
    'Text can be **bold**, *slanted*, ~~struck out~~ or `code`.',
    '> A parrot repeats, it does not gossip.',
  ],
  zh: ['## 每样来一点', '文字可以是**粗体**、*斜体*、~~删除线~~或者`代码`。', '> 鹦鹉学舌，但不传闲话。'],
};

export const markdownSample = (language: Language, origin: string): string =>
  [...HEADS[language], ...(['list', 'table', 'code', 'image', 'link'] as const).map((command) => sampleOf(command, language, origin))].join(
    '\n\n',
  );
