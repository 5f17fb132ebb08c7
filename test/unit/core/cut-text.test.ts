import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText, firstCharacters } from '../../../src/core/values/cut-text.js';

test('A text that is cut is never longer than requested, and never ends in half a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, length) => {
      for (const part of [cutText(text, length), firstCharacters(text, length)]) {
        expect(part.length).toBeLessThanOrEqual(length);
        expect(part).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
      }
    }),
  );
});

test('A text that is cut ends after a whole word if one ends near, with a mark that there is more', () => {
  expect(cutText('one two three', 10)).toBe('one two…');
  expect(cutText('one two three', 13)).toBe('one two three');
  expect(cutText('一二三四五', 3)).toBe('一二…');
});
