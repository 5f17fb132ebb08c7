import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { radioListItemFromMarkdown } from 'mdast-util-radio-list-item';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { radioListItem } from 'micromark-extension-misc-radio-list-item';
import { expect, it } from 'vitest';
import { isPlainText } from '../../../../../../src/frame/app/sdk/overrides/is-plain-text.js';
import { runs } from '../../../../../support/runs.js';

/** Parsed like the SDK's `gen-ast.js` does. */
const parsed = (text: string) =>
  fromMarkdown(text, {
    extensions: [gfmStrikethrough({ singleTilde: false }), gfmTable(), gfmTaskListItem(), radioListItem(), gfmAutolinkLiteral()],
    mdastExtensions: [
      gfmStrikethroughFromMarkdown(),
      gfmTableFromMarkdown(),
      gfmTaskListItemFromMarkdown(),
      radioListItemFromMarkdown(),
      gfmAutolinkLiteralFromMarkdown(),
    ],
  });

const marks = [
  '*',
  '_',
  '`',
  '#',
  '-',
  '+',
  '1. ',
  '2) ',
  '>',
  '|',
  '~~',
  '&amp;',
  '&',
  '<b>',
  '[x]',
  '(x)',
  '![',
  'www.a.de',
  'https://a.de',
  'a@b.de',
  '---',
  '===',
  '\\',
  ':',
  '\n',
  '\n\n',
  '  ',
  '\t',
  ' ',
];
const strings = fc
  .array(fc.oneof(fc.constantFrom(...marks), fc.string({ unit: 'grapheme', maxLength: 6 }), fc.lorem({ maxCount: 3 })))
  .map((parts) => parts.join(''));

it('isPlainText() accepts only a text that the parser reads as one paragraph with exactly this text', () => {
  const tries = runs(20_000);
  let plain = 0;
  fc.assert(
    fc.property(strings, (text) => {
      if (!isPlainText(text)) return;
      plain += 1;
      const [paragraph, ...more] = parsed(text).children;
      expect(more).toEqual([]);
      expect(paragraph).toMatchObject({ type: 'paragraph', children: [{ type: 'text', value: text }] });
    }),
    { numRuns: tries },
  );
  expect(plain).toBeGreaterThan(tries / 20);
});

it.each(['Hi there! What can I do for you?', 'Hello.\nAsk me: I know a lot (really).', '你好，我能帮你什么？', 'Price: 5 € - 3 left'])(
  'isPlainText() accepts "%s"',
  (text) => expect(isPlainText(text)).toBe(true),
);
