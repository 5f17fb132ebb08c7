/** Pieces of Markdown the demo bot shows on request. */

const table = `| Visitor | Session name | Sees |
| --- | --- | --- |
| Alice | \`acme:alice\` | only Alice's messages |
| Bob | \`acme:bob\` | only Bob's messages |`;

const code = `\`\`\`js
const greeting = 'Hello';
for (const name of ['Alice', 'Bob']) {
  console.log(\`\${greeting}, \${name}!\`);
}
\`\`\``;

const list = `1. Every visitor has a name.
2. Every name has a token.
   - It lives for an hour at most.
   - It is renewed before it ends.
3. Every token has a history of its own.`;

const tasks = `- [ ] Espresso
- [ ] Filter coffee
- [ ] Tea`;

const link = '[The Coze documentation](https://www.coze.cn/open/docs)';

export const samples = { table, code, list, tasks, link } as const;

export const imageSample = (origin: string): string => `![Hills at sunrise](${origin}/assets/hills.svg)`;

export const markdownSample = (origin: string): string =>
  [
    '## A little of everything',
    'Text can be **bold**, *slanted*, ~~struck out~~ or `code`.',
    '> A parrot repeats, it does not gossip.',
    list,
    table,
    code,
    imageSample(origin),
    link,
  ].join('\n\n');
