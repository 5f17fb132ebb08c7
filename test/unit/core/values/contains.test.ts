import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contains } from '../../../../src/core/values/contains.js';

const strings = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });

it('A text contains another one exactly where includes() says so', () => {
  fc.assert(fc.property(strings, strings, (text, part) => contains(text, part) === text.includes(part)));
  fc.assert(fc.property(strings, strings, strings, (before, part, after) => contains(before + part + after, part)));
  expect([contains('', ''), contains('a', ''), contains('', 'a'), contains('陈小明👩‍🚀', '👩‍🚀')]).toEqual([true, true, false, true]);
});

it('A part that almost fits everywhere is searched for in linear time', () => {
  const half = 'a'.repeat(50_000);
  expect(contains('a'.repeat(1_000_000), `${half}b${half}`)).toBe(false);
});
