import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findExpressions, findOwnExpressions, findSuperLinear } from '../../support/expression-steps.js';

const FRAME = 'dist/frame';

/** Of packages in the frame, and what they are given instead of what a bot or a visitor writes. */
const notForeign: ReadonlyMap<string, string> = new Map([
  ['/\\s+$/', 'the token in a header of our own (SDK utils/mini-coze-api)'],
  ['/\\/+$/', 'the address of the frame’s own folder (SDK, cdnBaseUrlPath)'],
  [
    '/^(-|f[lo].*[^se]$|g.{5,}[^ps]$|z|o[pr]|(W.{5})?[lL]i.*(t|mp)$|an|(bo|s).{4}Im|sca|m.{6}[ds]|ta|c.*[st]$|wido|ini|asp|fill|st)/',
    'names of CSS properties in JSX (preact/compat)',
  ],
]);

/** Is given formulas of 1,000 characters at most (markdown/render/formula.tsx): the square of that is no time. */
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

// Ours are looked at in their source: test/security/unit/expressions.test.ts.
const own = findOwnExpressions();
test.each([...expressions].filter(([each]) => !notForeign.has(each) && !own.has(each)))(
  '%s takes steps in proportion to the length of a text of 20,000 characters (%s)',
  async (expression) => {
    expect(await findSuperLinear(expression)).toBeUndefined();
  },
);
