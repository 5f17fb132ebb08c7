import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPlainText } from '../../../../../../src/frame/app/sdk/overrides/is-plain-text.js';
import { runs } from '../../../../../support/runs.js';
import { parse } from '../../markdown/support/parse.js';

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
  ':---',
  ':-:',
  '$',
  '$$',
  '\\(',
  '^',
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
      const [paragraph, ...more] = parse(text).children;
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

it.each(['Energy is $E=mc^2$.', 'Ask me\n:---', 'a\n:-:'])('isPlainText() refuses "%s"', (text) => expect(isPlainText(text)).toBe(false));
