import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { RARE_SYNTAX } from '../../../../../src/frame/app/markdown/syntax/late/rare-syntax.js';
import { MarkdownDocument } from '../../../../../src/frame/app/markdown/syntax/markdown-document.js';
import { runs } from '../../../../support/runs.js';
import { generatedDocument } from './support/answers.js';
import { parse } from './support/parse.js';
import { COMMONMARK_EXAMPLES, GFM_SOURCES } from './support/specifications.js';

/** Characters that are rarely anything but Markdown syntax. */
const MARKS = ['*', '_', '~', '`', '[', ']', '|', '$', '\\'];

/**
 * `[label]` alone, with a definition that comes later, keeps its brackets until the definition arrives: brackets are far more often only
 * brackets, and `5 [1]` must not be shown as `5 1` meanwhile.
 */
const HAS_DEFINITION = /^[ >*+-]{0,5}\[[^^][^\]]*\]:/m;

/** Streams `text`, split at each of `cuts`, and checks each step. */
function expectStreamed(text: string, cuts: readonly number[]): void {
  const expected = parse(text).children;
  const shown = countMarks(expected);
  const document = new MarkdownDocument({ late: RARE_SYNTAX });
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    if (cut >= text.length) continue;
    const step = countMarks(document.update(text.slice(0, cut), false).map(({ node }) => node));
    for (const [index, mark] of MARKS.entries()) {
      if ('[]'.includes(mark) && HAS_DEFINITION.test(text)) continue;
      const [before = 0, after = 0] = [step[index], shown[index]];
      if (before > after) expect.unreachable(`${JSON.stringify(text.slice(0, cut))} shows ${mark}, which the result does not.`);
    }
  }
  let blocks = document.update(text, true);
  while (document.hasUnparsedText) blocks = document.advance();
  expect(blocks.map(({ node }) => node)).toEqual(expected);
  expect(new Set(blocks.map(({ key }) => key)).size).toBe(blocks.length);
}

function countMarks(nodes: readonly Nodes[]): readonly number[] {
  const text = nodes.map(readText).join('\n');
  return MARKS.map((mark) => text.split(mark).length - 1);
}

/** The visible text: no code, no formulas. */
function readText(node: Nodes): string {
  if (node.type === 'text' || node.type === 'html') return node.value;
  return 'children' in node ? node.children.map(readText).join('') : '';
}

describe('Streamed answers', () => {
  it.each([...COMMONMARK_EXAMPLES.map(({ markdown }) => markdown), ...GFM_SOURCES])(
    'The text %j, streamed by character, ends like the whole text, and never shows a mark that the whole text does not',
    (markdown) => {
      expectStreamed(
        markdown,
        Array.from(markdown, (_, index) => index + 1),
      );
    },
  );

  it.each(['a[i][j] = 5', 'grid[x][y][z] = 5', 'a[i][] = 5', '在 m[行][列] 中'])(
    'The brackets of the index in %j are shown while the answer arrives',
    (text) => {
      const document = new MarkdownDocument({ late: RARE_SYNTAX });
      expect(document.update(text, false).map(({ node }) => readText(node))).toEqual([text]);
    },
  );

  it.each(['[1][text](https://e.example/a_b) and', '\\[ref][1][text](https://e.example/a_b)**b**', '[a][](https://e.example/a_b) x'])(
    'A streamed answer shows nothing of the address of a link that follows another bracket: %s',
    (markdown) => {
      expectStreamed(
        markdown,
        Array.from(markdown, (_, index) => index + 1),
      );
    },
  );

  it.each(['| $P(A|B)$ |', '| $P(A|B)$ |\n|---|', '> | $P(A|B)$ | x |\n> and on', '| $5 | $10 |\n|---|---|\n| $P(A|B)$ | $9 |'])(
    'A streamed answer shows no mark of a formula with a pipe before it is certain: %s',
    (markdown) => {
      expectStreamed(
        markdown,
        Array.from(markdown, (_, index) => index + 1),
      );
    },
  );

  it.each(['\\\n**Bold:**\n===\n', 'One\\\n- ', 'One\\\n\\\n*two*', 'One\\\n\n*two*', 'One\\\n\\[ x \\] two'])(
    'A streamed answer shows no mark of a line break before a line that cannot be shown yet: %j',
    (markdown) => {
      expectStreamed(
        markdown,
        Array.from(markdown, (_, index) => index + 1),
      );
    },
  );

  it(
    'Any document, streamed in pieces, ends like the whole document, and never shows a mark that the whole does not',
    // Each document is parsed after each of its chunks: all of them take half a minute of one processor.
    { timeout: 300_000 },
    () => {
      fc.assert(
        fc.property(generatedDocument, fc.array(fc.nat(), { minLength: 3, maxLength: 16 }), (text, cuts) => {
          expectStreamed(
            text,
            cuts.map((cut) => (cut % text.length) + 1),
          );
        }),
        { numRuns: runs(2_000) },
      );
    },
  );
});
