// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkArguments } from '../../../src/element/tools/tool-arguments.js';
import { toSpokenText } from '../../../src/frame/app/bridge/spoken-text.js';
import { findExpressions, findOwnExpressions, findSuperLinear } from '../../support/expression-steps.js';

const expressions = findOwnExpressions();

test('Every expression of the source is found', () => {
  expect(expressions.size).toBeGreaterThan(40);
  expect([...expressions.values()]).toContain('src/frame/app/markdown/syntax/to-speech.ts');
});

test.each([...expressions])('%s takes steps in proportion to the length of a text of 20,000 characters (%s)', async (expression) => {
  expect(await findSuperLinear(expression)).toBeUndefined();
});

const FORMATS = 'node_modules/@cfworker/json-schema/dist/esm/format.js';
/** In whose place is our own. */
const URL_FORMAT = '/^(?:(?:https?|ftp):';

test.each(findExpressions(FORMATS, readFileSync(FORMATS, 'utf8')).filter((expression) => !expression.startsWith(URL_FORMAT)))(
  'The format %s, with which the arguments of a tool may be compared, takes steps in proportion, too',
  async (expression) => {
    expect(await findSuperLinear(expression)).toBeUndefined();
  },
);

test.each([
  ['https://shop.example/a?b#c', true],
  ['ftp://files.example', true],
  ['javascript:alert(1)', false],
  ['shop.example', false],
  // Of a host that is none each letter would double the time.
  [`http://${'a'.repeat(28)} b`, false],
])('The format url judges %s (%s) in no time', { timeout: 2_000 }, async (link, isTaken) => {
  const parameters = { type: 'object', properties: { link: { type: 'string', format: 'url' } } };
  expect((await checkArguments(JSON.stringify({ link }), parameters)).ok).toBe(isTaken);
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
