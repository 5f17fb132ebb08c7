// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkArguments } from '../../../src/element/tools/tool-arguments.js';
import { toSpokenText } from '../../../src/frame/app/bridge/spoken-text.js';
import { findExpressions, findOwnExpressions, findSuperLinear } from '../../support/expression-steps.js';
import { runs } from '../../support/runs.js';

const expressions = findOwnExpressions();

test('Every expression of the source is found', () => {
  expect(expressions.size).toBeGreaterThan(40);
  expect([...expressions.values()]).toContain('src/frame/app/markdown/syntax/to-speech.ts');
});

test.each([...expressions])(
  'The expression %s takes steps in proportion to the length of a text of 20,000 characters (%s)',
  async (expression) => {
    expect(await findSuperLinear(expression)).toBeUndefined();
  },
);

const FORMATS = 'node_modules/@cfworker/json-schema/dist/esm/format.js';
const formats = findExpressions(FORMATS, readFileSync(FORMATS, 'utf8'));
/** The library's expression for URLs, which our own replaces. */
const urlFormat = formats.find((expression) => expression.startsWith('/^(?:(?:https?|ftp):')) ?? '';

test.each(formats.filter((expression) => expression !== urlFormat))(
  'The format %s, which may be used for the arguments of a tool, takes steps in proportion to the length of a text',
  async (expression) => {
    expect(await findSuperLinear(expression)).toBeUndefined();
  },
);

async function takesUrl(link: string): Promise<boolean> {
  const parameters = { type: 'object', properties: { link: { type: 'string', format: 'url' } } };
  return (await checkArguments(JSON.stringify({ link }), parameters)).ok;
}

test.each([
  ['https://shop.example/a?b#c', true],
  ['ftp://files.example', true],
  ['javascript:alert(1)', false],
  ['shop.example', false],
  ['https:shop.example', false],
  ['http://10.0.0.1', false],
  // With the library's expression each letter of a host would double the time.
  [`http://${'a'.repeat(28)} b`, false],
])('The format url decides about %s as expected (%s)', async (link, isTaken) => {
  expect(await takesUrl(link)).toBe(isTaken);
});

test('The format url accepts the addresses that the expression of the library accepts, and no others', async () => {
  const library = new RegExp(urlFormat.slice(1, urlFormat.lastIndexOf('/')), 'iu');
  const part = fc.constantFrom(
    'a',
    'é',
    '1',
    '-',
    '.',
    '@',
    ':',
    '/',
    ' ',
    '\n',
    'shop',
    '.com',
    '10.0.0',
    '192.168.1',
    '8.8.4',
    '.4',
    ':80',
  );
  // A few parts: the library's expression needs no time for these.
  const address = fc.tuple(fc.constantFrom('http://', 'HTTPS://', 'ftp://', 'http:/'), fc.array(part, { minLength: 1, maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(address, async ([scheme, parts]) => {
      const link = scheme + parts.join('');
      expect(await takesUrl(link)).toBe(library.test(link));
    }),
    { numRuns: runs(20_000) },
  );
});

test.each([
  ['/^[ |:*_-]*[-*_]{3,}[ |:*_-]*$/gm', 'of 2026, in spoken-text.ts'],
  ['/!?\\[([^\\]]*)\\]\\([^)]*\\)/g', 'of 2026, in spoken-text.ts'],
  ['/ *\\| */g', 'of 2026, in spoken-text.ts'],
])('The test finds the superlinear expression %s (%s)', async (expression) => {
  expect(await findSuperLinear(expression)).toMatch(/polynomial/);
});

test('The spoken text of an answer has at most 2,000 characters, and ends with a whole word', async () => {
  const spoken = await toSpokenText('word '.repeat(4_000));
  expect(spoken.length).toBeLessThanOrEqual(2_000);
  expect(spoken).toMatch(/^(?:word )+word…$/);
});

test.each(['字', '🙂'])(
  'The spoken text of an answer without blanks (%s) is as long, and no character is cut in half',
  async (character) => {
    const spoken = await toSpokenText(character.repeat(4_000));
    expect(spoken.length).toBeGreaterThanOrEqual(1_999);
    expect(spoken.length).toBeLessThanOrEqual(2_000);
    expect(() => encodeURIComponent(spoken)).not.toThrow();
  },
);
