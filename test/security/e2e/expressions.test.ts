import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findExpressions, findOwnExpressions, findSuperLinear } from '../../support/expression-steps.js';

const FRAME = 'dist/frame';

/** Expressions of packages in the frame that never get a bot's or a visitor's text, and the input they get instead. */
const notForeign: ReadonlyMap<string, string> = new Map([
  ['/\\s+$/', 'the token in a header of our own (SDK utils/mini-coze-api)'],
  ['/\\/+$/', 'the address of the frame’s own folder (SDK, cdnBaseUrlPath)'],
  [
    '/^(-|f[lo].*[^se]$|g.{5,}[^ps]$|z|o[pr]|(W.{5})?[lL]i.*(t|mp)$|an|(bo|s).{4}Im|sca|m.{6}[ds]|ta|c.*[st]$|wido|ini|asp|fill|st)/',
    'names of CSS properties in JSX (preact/compat)',
  ],
]);

/** Gets formulas of at most 1,000 characters (markdown/render/formula.tsx), for which quadratic time is negligible. */
const BOUNDED = /^set-formula-/;

const chunks = readdirSync(FRAME).filter((name) => name.endsWith('.js') && !BOUNDED.test(name));
const expressions = new Map(
  chunks.flatMap((name) =>
    findExpressions(name, readFileSync(`${FRAME}/${name}`, 'utf8')).map((each) => [each, name.replace(/-[\w-]{8}\.js$/, '')] as const),
  ),
);

test('The expressions of the SDK and of its Markdown are among those of the built frame', () => {
  expect([...new Set(expressions.values())]).toEqual(expect.arrayContaining(['frame', 'markdown-parts']));
  expect([...notForeign.keys()].filter((each) => !expressions.has(each))).toEqual([]);
});

// Our own expressions are checked in their source: test/security/unit/expressions.test.ts.
const own = findOwnExpressions();
test.each([...expressions].filter(([each]) => !notForeign.has(each) && !own.has(each)))(
  'The expression %s takes steps in proportion to the length of a text of 20,000 characters (%s)',
  async (expression) => {
    expect(await findSuperLinear(expression)).toBeUndefined();
  },
);
