import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contains } from '../../../../src/core/values/contains.js';

const strings = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });

it('A text contains another one exactly where includes() says so', () => {
  fc.assert(fc.property(strings, strings, (text, part) => contains(text, part) === text.includes(part)));
  fc.assert(fc.property(strings, strings, strings, (before, part, after) => contains(before + part + after, part)));
  expect([contains('', ''), contains('a', ''), contains('', 'a'), contains('陈小明👩‍🚀', '👩‍🚀')]).toEqual([true, true, false, true]);
});

/** A string of which the reads of characters are counted. */
function counted(text: string): { readonly text: string; readonly reads: () => number } {
  let reads = 0;
  const proxy = new Proxy(Object(text) as object, {
    get(target, name) {
      if (typeof name === 'string' && /^\d+$/.test(name)) reads += 1;
      return Reflect.get(target, name, target) as unknown;
    },
  });
  return { text: proxy as unknown as string, reads: () => reads };
}

it.each([
  ['almost fits everywhere', 'a'.repeat(20_000), `${'a'.repeat(500)}b${'a'.repeat(500)}`],
  ['almost fits at each place but for its end', 'a'.repeat(20_000), `${'a'.repeat(1_000)}b`],
  ['almost fits with many borders', 'aab'.repeat(7_000), `${'aab'.repeat(300)}aaa`],
])('A part that %s is searched for in linear time', (_, text, part) => {
  const [searched, sought] = [counted(text), counted(part)];
  expect(contains(searched.text, sought.text)).toBe(false);
  expect(searched.reads()).toBeLessThanOrEqual(text.length);
  // Each character that is read in vain shortens a match, and each match was made longer by a character of either text.
  expect(sought.reads()).toBeLessThanOrEqual(3 * (text.length + 2 * part.length));
});
