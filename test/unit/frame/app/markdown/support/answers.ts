/** Generated documents: parts of answers, complete and unpaired Markdown marks, combined at random. */
import fc from 'fast-check';

const INLINE = [
  '**粗体：**',
  '*em*',
  '***both***',
  '`code`',
  '``a`b``',
  '[text](https://e.example/a_b)',
  '![alt *x*](p.png "t")',
  '[ref][1]',
  '~~del~~',
  '$x^2$',
  '$$y$$',
  '\\(z\\)',
  'costs $5 and $10',
  'https://e.example/x，然后',
  'a * b',
  'snake_case_x',
  'a_b_',
  '2*3*4',
  '<br>',
  '<b>h</b>',
  '&amp;',
  '&copy',
  '\\*esc\\*',
  'a|b',
  '😀',
  '[^n]',
  '中文，',
  'word ',
  '**a *b* c**',
  'P(A|B)',
];

const LONE_MARKS = ['![', '](', '[', '`', '**', '_', '~~', '$', '\\', '<', '\\(', '#'];

const line = fc
  .tuple(fc.array(fc.constantFrom(...INLINE, ...LONE_MARKS), { minLength: 1, maxLength: 7 }), fc.constantFrom('', ' '))
  .map(([parts, gap]) => parts.join(gap));

const lines = fc.array(line, { minLength: 1, maxLength: 4 });

const block = fc.oneof(
  line,
  line.map((text) => `# ${text}`),
  line.map((text) => `${text}\n===`),
  lines.map((items) => items.map((text) => `- ${text}`).join('\n')),
  lines.map((items) => items.map((text, index) => `${index + 3}. ${text}`).join('\n\n')),
  line.map((text) => `- [ ] ${text}\n- [x] b\n  - (x) r`),
  line.map((text) => `> ${text}\n> - y`),
  line.map((text) => `1. a\n\n   ${text}\n\n   \`\`\`\n   c\n   \`\`\`\n2. b`),
  lines.map((rows) => `| a | **b** |\n|---|:-:|\n${rows.map((text) => `| ${text.replaceAll('|', '')} | c |`).join('\n')}`),
  fc.constantFrom(
    '```js\nconst a = `x` | 1;\n\n**n**\n```',
    '~~~\nopen',
    '    indented *x*',
    '---',
    '$$\na\n- b\n$$',
    '\\[\nx\n\\]',
    'a | b\n-|-\nc | d',
    '[1]: https://e.example/r "t"',
    '[^n]: foot *note*',
    '<div>\n*x*\n</div>',
    '<!-- c -->',
  ),
);

export const generatedDocument = fc
  .array(fc.tuple(block, fc.constantFrom('\n\n', '\n', '\n\n\n', '\r\n\r\n')), { minLength: 1, maxLength: 6 })
  .map((blocks) => blocks.map((parts) => parts.join('')).join(''));
