import { describe, expect, it } from 'vitest';
import { RARE_SYNTAX } from '../../../../../src/frame/app/markdown/syntax/late/rare-syntax.js';
import {
  type MarkdownBlock,
  MarkdownDocument,
  MAX_BLOCK_LENGTH,
  type ParsePiece,
} from '../../../../../src/frame/app/markdown/syntax/markdown-document.js';
import { parseBlocks, parseOpenBlocks } from '../../../../../src/frame/app/markdown/syntax/parse-blocks.js';
import { parse } from './support/parse.js';
import { toHtml } from './support/to-html.js';

const SECTION = `**要点：**请访问https://e.example/a，然后继续，\`code\`。

1. 一**二**
2. [三](https://e.example)

| a | b |
|---|---|
| c | d |

\`\`\`js
const x = 1;
\`\`\`

`;

function show(blocks: readonly MarkdownBlock[]): string {
  return toHtml(blocks.map(({ node }) => node));
}

function finish(document: MarkdownDocument, text: string): readonly MarkdownBlock[] {
  let blocks = document.update(text, true);
  while (document.hasUnparsedText) blocks = document.advance();
  return blocks;
}

/** A parser that counts its calls. */
function createCounter(): { readonly parse: ParsePiece; count: number } {
  const counter = {
    count: 0,
    parse: ((source, options, isOpen) => {
      counter.count += source.length;
      return (isOpen ? parseOpenBlocks : parseBlocks)(source, options);
    }) satisfies ParsePiece,
  };
  return counter;
}

describe('Markdown document', () => {
  it('A document keeps the object and the key of each block that does not change', () => {
    const document = new MarkdownDocument({ late: RARE_SYNTAX });
    const before = document.update('# Title\n\nOne *two*.\n\n- a\n', false);
    const after = document.update('# Title\n\nOne *two*.\n\n- a\n- b\n\nThree', false);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(after.map(({ key }) => key)).toEqual([0, 1, 2, 3]);
    expect(document.update('# Title\n\nOne *two*.\n\n- a\n- b\n\nThree', false)).toBe(after);
  });

  it('A document keeps the objects of the finished items of a long list', () => {
    const document = new MarkdownDocument({ late: RARE_SYNTAX });
    const items = '- an item with **some** words in it\n'.repeat(60);
    const listOf = (blocks: readonly MarkdownBlock[]): readonly unknown[] => {
      const node = blocks[0]?.node;
      return node?.type === 'list' ? node.children : [];
    };
    document.update(items, false);
    const before = listOf(document.update(`${items}- m`, false));
    const after = listOf(document.update(`${items}- more`, false));
    expect(after).toHaveLength(61);
    expect(after.slice(0, 50).every((item, index) => item === before[index])).toBe(true);
  });

  it('A document starts again if its new text begins differently', () => {
    const document = new MarkdownDocument({ late: RARE_SYNTAX });
    document.update('One\n\nTwo', false);
    expect(show(document.update('Three', false))).toBe('<p>Three</p>');
  });

  it('A document resolves references in earlier blocks when their definitions arrive', () => {
    const document = new MarkdownDocument({ late: RARE_SYNTAX });
    const text = 'See the [user guide][1], [home] and a note[^n].\n\nMore.\n\n';
    expect(show(document.update(text, false))).toBe('<p>See the user guide, [home] and a note<sup>n</sup>.</p><p>More.</p>');
    const last = document.update(`${text}[1]: https://e.example/guide\n[home]: https://e.example\n[^n]: Note\n`, false);
    expect(show(last)).toContain(
      '<a href="https://e.example/guide">user guide</a>, <a href="https://e.example">home</a> and a note<sup>n</sup>',
    );
  });

  it('A complete document shows a reference without a definition as it was written', () => {
    const document = new MarkdownDocument({ late: RARE_SYNTAX });
    document.update('See [a][b].\n\nMore.\n\nAnd', false);
    expect(show(document.update('See [a][b].\n\nMore.\n\nAnd', true))).toBe('<p>See [a][b].</p><p>More.</p><p>And</p>');
  });

  it('A complete document shows references without a definition as they were written in a long list, too', () => {
    const document = new MarkdownDocument({ late: RARE_SYNTAX });
    const text = `- see [a][b] and [^n]\n${'- an item with **some** words\n'.repeat(60)}`;
    document.update(text, false);
    expect(show(document.update(`${text}- m`, false))).toContain('<li>see a and <sup>n</sup></li>');
    expect(show(document.update(`${text}- more`, true))).toContain('<li>see [a][b] and [^n]</li>');
  });

  it.each([
    ['**bo', '<p><strong>bo</strong></p>'],
    ['***bo', '<p><em><strong>bo</strong></em></p>'],
    ['a ~~b', '<p>a <del>b</del></p>'],
    ['- **注意：', '<ul><li><strong>注意：</strong></li></ul>'],
    ['`co', '<p><code>co</code></p>'],
    ['[text](htt', '<p>text</p>'],
    ['[text](https://e.example "ti', '<p>text</p>'],
    ['a ![alt](https://', '<p>a</p>'],
    ['a [te', '<p>a te</p>'],
    ['a $x^', '<p>a</p>'],
    ['a \\(x', '<p>a</p>'],
    ['$$\nx', '<math>x</math>'],
    ['```js', ''],
    ['```js\nlet a', '<pre><code class="language-js">let a\n</code></pre>'],
    ['```js\nlet a\n``', '<pre><code class="language-js">let a\n</code></pre>'],
    ['| a | **b', '<table><thead><tr><th>a</th><th><strong>b</strong></th></tr></thead></table>'],
    ['| a | b |\n|--', '<table><thead><tr><th>a</th><th>b</th></tr></thead></table>'],
    ['> | a | b', '<blockquote><table><thead><tr><th>a</th><th>b</th></tr></thead></table></blockquote>'],
    ['a | b', '<p>a b</p>'],
    ['Title\n--', '<p>Title</p>'],
    ['a\n#', '<p>a</p>'],
    ['a\n1', '<p>a</p>'],
    ['a\n-', '<p>a</p>'],
    ['- [', ''],
    ['a &am', '<p>a</p>'],
    ['a <br', '<p>a</p>'],
    ['a <https://e.exam', '<p>a</p>'],
    ['a\\', '<p>a</p>'],
    ['a \ud83d', '<p>a</p>'],
    ['[1]: https://e.exam', ''],
    ['[^1', ''],
    ['costs $5 an', '<p>costs $5 an</p>'],
    ['2 * 3', '<p>2 * 3</p>'],
    ['snake_case x', '<p>snake_case x</p>'],
  ])('A document whose text goes on after %j shows %j', (text, html) => {
    expect(show(new MarkdownDocument({ late: RARE_SYNTAX }).update(text, false)).replace(/ <\/p>/, '</p>')).toBe(html);
  });

  it('A document joins a line ending and a character that arrive in two pieces', () => {
    const document = new MarkdownDocument({ late: RARE_SYNTAX });
    document.update('\ufeffa\r', false);
    document.update('\ufeffa\r\n\r', false);
    document.update('\ufeffa\r\n\r\nb \ud83d', false);
    expect(show(document.update('\ufeffa\r\n\r\nb \ud83d\ude00\0', true))).toBe('<p>a</p><p>b 😀\ufffd</p>');
  });

  it.each([
    ['sections', '', SECTION],
    ['one list', '', '- an item with **some** words\n'],
    ['one loose list', '', '1. an item\n\n   and more\n\n'],
    ['one quote', '', '> some **words**\n>\n> - a\n>\n>   b\n>\n'],
    ['one table', '| a | b |\n|---|--:|\n', '| c **d** | e |\n'],
    ['one block of code', '```js\n', 'const a = `1`;\n\n'],
    ['definitions at the end', '', 'See [a][1] and [b].\n\n'],
  ])('A long document of %s has the same blocks whether it is parsed in slices or at once', (_, head, part) => {
    const text = head + part.repeat(Math.ceil(12_000 / part.length)) + (part.includes('][1]') ? '[1]: /one\n[b]: /two\n' : '');
    let call = 0;
    const document = new MarkdownDocument({ late: RARE_SYNTAX, hasTime: () => (call += 1) % 3 > 0 });
    const blocks = finish(document, text);
    expect(blocks.map(({ node }) => node)).toEqual(parse(text).children);
  });

  it.each([
    ['definitions', '[来源][', ']: https://e.example/article "标题"\n'],
    ['footnotes', '[^', ']: 来源 https://e.example/article\n'],
    ['definitions and footnotes', '[来源][', ']: https://e.example/article/long\n[^n]: 注\n'],
  ])('A document resolves all references of a long list of %s without blank lines', (_, open, definition) => {
    const labels = Array.from({ length: 300 }, (__, index) => `${index}`);
    const paragraphs = labels.map((label) => `见${open}${label}]。\n\n`);
    const text = [...paragraphs, ...labels.map((label) => `${open.replace('[来源]', '')}${label}${definition}`)].join('');
    const streamed = new MarkdownDocument({ late: RARE_SYNTAX });
    for (let end = 1_000; end < text.length; end += 1_000) streamed.update(text.slice(0, end), false);
    expect(finish(new MarkdownDocument({ late: RARE_SYNTAX }), text).map(({ node }) => node)).toEqual(parse(text).children);
    expect(finish(streamed, text).map(({ node }) => node)).toEqual(parse(text).children);
  });

  it('A complete document shows a footnote without a definition as it was written at the beginning of a long table, too', () => {
    const document = new MarkdownDocument({ late: RARE_SYNTAX });
    const table = `| a |\n|---|\n| see [^n] |\n${'| a row with **some** words |\n'.repeat(60)}`;
    document.update(table, false);
    document.update(`${table}\nMore.\n\nAnd`, false);
    expect(show(document.update(`${table}\nMore.\n\nAnd more.`, true))).toContain('<td>see [^n]</td>');
  });

  it('A document parses a definition that is indented like code together with the one above', () => {
    const text = `[a]\n\n[b]: /b\n    [a]: /a\n\nEnd`;
    expect(show(finish(new MarkdownDocument(), text))).toBe('<p><a href="/a">a</a></p><p>End</p>');
    const document = new MarkdownDocument();
    document.update(text.slice(0, -3), false);
    expect(show(finish(document, text))).toBe('<p><a href="/a">a</a></p><p>End</p>');
  });

  it('A document parses a small piece of a long text in one call, and reports that it is behind', () => {
    let call = 0;
    const counter = createCounter();
    const document = new MarkdownDocument({ late: RARE_SYNTAX, parse: counter.parse, hasTime: () => (call += 1) % 3 > 0 });
    document.update(SECTION.repeat(1_000), true);
    expect(document.hasUnparsedText).toBe(true);
    expect(counter.count).toBeLessThan(4_096);
  });

  it('A document that has no time parses only the last of the texts that arrive meanwhile', () => {
    let hasTime = true;
    const counter = createCounter();
    const document = new MarkdownDocument({ late: RARE_SYNTAX, parse: counter.parse, hasTime: () => hasTime });
    document.update('# Title\n\nThe first', false);
    hasTime = false;
    const before = counter.count;
    for (let end = 1; end < 100; end += 1) document.update(`# Title\n\nThe first ${'word '.repeat(end)}`, false);
    document.update('Another *text*', true);
    expect(counter.count).toBe(before);
    expect(document.hasUnparsedText).toBe(true);
    hasTime = true;
    expect(show(document.advance())).toBe('<p>Another <em>text</em></p>');
    expect(document.hasUnparsedText).toBe(false);
  });

  it('A document is up to date when its text returns to the former one before there was time', () => {
    let hasTime = true;
    const document = new MarkdownDocument({ late: RARE_SYNTAX, hasTime: () => hasTime });
    const blocks = document.update('- one\n- two', true);
    hasTime = false;
    document.update('another', true);
    document.update('- one\n- two', true);
    hasTime = true;
    expect(document.advance()).toBe(blocks);
    expect(document.hasUnparsedText).toBe(false);
  });

  it('A document shows a block that is too long completely as plain text, and parses the blocks after it', () => {
    const long = `**${'word '.repeat(MAX_BLOCK_LENGTH / 2)}end`;
    const blocks = finish(new MarkdownDocument({ late: RARE_SYNTAX }), `# Title\n\n${long}\n\n*after*`);
    expect(show(blocks)).toBe(`<h1>Title</h1><p>${long}</p><p><em>after</em></p>`);
  });

  it.each([
    ['sections', '', SECTION],
    ['one list', '', '- an item with **some** words\n'],
    ['one table', '| a | b |\n|---|---|\n', '| c **d** | e |\n'],
    ['one block of code', '```js\n', 'const a = `1`;\n'],
    ['one paragraph', '', 'some **words** and more '],
    ['one quote', '', '> some **words**\n'],
    ['definitions', '', '[a]: https://e.example\n'],
    ['dashes', '', '-'],
    ['brackets', '', '[a]('],
  ])('A streamed document of %s costs at most 2.2 times as much when it is twice as long', (_, head, part) => {
    const measure = (length: number): number => {
      const counter = createCounter();
      const document = new MarkdownDocument({ late: RARE_SYNTAX, parse: counter.parse });
      const text = (head + part.repeat(Math.ceil(length / part.length))).slice(0, length);
      for (let end = 40; end < length; end += 40) document.update(text.slice(0, end), false);
      finish(document, text);
      return counter.count;
    };
    expect(measure(8_000)).toBeLessThan(2.2 * measure(4_000));
  });
});
