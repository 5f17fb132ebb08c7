/** Pieces of Markdown the demo bot shows on request. */

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

export const samples = { table: TABLE, code: CODE, list: LIST, tasks: TASKS, link: LINK } as const;

export const imageSample = (origin: string): string => `![Hills at sunrise](${origin}/assets/hills.svg)`;

export const markdownSample = (origin: string): string =>
  [
    '## A little of everything',
    'Text can be **bold**, *slanted*, ~~struck out~~ or `code`.',
    '> A parrot repeats, it does not gossip.',
    LIST,
    TABLE,
    CODE,
    imageSample(origin),
    LINK,
  ].join('\n\n');
