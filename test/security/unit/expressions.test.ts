// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { toSpokenText } from '../../../src/frame/app/bridge/spoken-text.js';
import { findOwnExpressions, findSuperLinear } from '../../support/expression-steps.js';

const expressions = findOwnExpressions();

test('Every expression of the source is found', () => {
  expect(expressions.size).toBeGreaterThan(40);
  expect([...expressions.values()]).toContain('src/frame/app/markdown/syntax/to-speech.ts');
});

test.each([...expressions])('%s takes steps in proportion to the length of a text of 20,000 characters (%s)', async (expression) => {
  expect(await findSuperLinear(expression)).toBeUndefined();
});

test.each([
  ['/^[ |:*_-]*[-*_]{3,}[ |:*_-]*$/gm', 'of 2026, in spoken-text.ts'],
  ['/!?\\[([^\\]]*)\\]\\([^)]*\\)/g', 'of 2026, in spoken-text.ts'],
  ['/ *\\| */g', 'of 2026, in spoken-text.ts'],
])('%s (%s) would be noticed', async (expression) => {
  expect(await findSuperLinear(expression)).toMatch(/polynomial/);
});

test('What is spoken of an answer has 2,000 characters at most, and ends with a whole word', async () => {
  const spoken = await toSpokenText('word '.repeat(4_000));
  expect(spoken.length).toBeLessThanOrEqual(2_000);
  expect(spoken).toMatch(/^(?:word )+word…$/);
});

test.each(['字', '🙂'])(
  'What is spoken of an answer without blanks (%s) is as long, and no character is cut in half',
  async (character) => {
    const spoken = await toSpokenText(character.repeat(4_000));
    expect(spoken.length).toBeGreaterThanOrEqual(1_999);
    expect(spoken.length).toBeLessThanOrEqual(2_000);
    expect(() => encodeURIComponent(spoken)).not.toThrow();
  },
);
