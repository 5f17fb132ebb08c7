/** The lint of APIs, run as `npm run check:lint` runs it, on code in place of a file of the product. */
import { ESLint } from 'eslint';
import { beforeAll, expect, test } from 'vitest';

const eslint = new ESLint();
const FILE = 'src/core/retry-after.ts';

/** What the lint finds lacking in code in which there are these values. */
async function lack(statement: string): Promise<readonly string[]> {
  const code = `export function use(element: Element, list: readonly number[], signal: AbortSignal, maybe: URL | undefined, own: Own): unknown {
  return ${statement};
}
interface Own { readonly checkVisibility: () => boolean; readonly toSorted: number }
`;
  const [result] = await eslint.lintText(code, { filePath: FILE });
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === 'browsers/supported-apis').map(({ message }) => message);
}

// The first look at the types takes longer than all others.
beforeAll(() => lack('1'), 60_000);

test.each([
  ["URL.canParse('')", 'URL.canParse'],
  ['AbortSignal.any([signal])', 'AbortSignal.any'],
  ['element.checkVisibility()', 'Element.checkVisibility'],
  ['element.checkVisibility', 'Element.checkVisibility'],
  ["document.createElement('p').checkVisibility()", 'Element.checkVisibility'],
  ['list.toSorted()', 'Array.toSorted'],
  ['[...list].toSorted()', 'Array.toSorted'],
  ['(({ checkVisibility }: Element) => checkVisibility)(element)', 'Element.checkVisibility'],
  ['Response.json({})', 'Response.json'],
  ['navigator.clipboard.write([])', 'Clipboard.write'],
])('The lint refuses %s, which a supported browser lacks.', async (statement, name) => {
  expect(await lack(statement)).toEqual([expect.stringMatching(new RegExp(`^(${name}) is not in .+ \\d`))]);
});

test.each([
  'list.at(-1)',
  'list.findLast(Boolean)',
  'AbortSignal.timeout(1)',
  'signal.throwIfAborted()',
  'structuredClone(list)',
  'element.replaceChildren()',
  'maybe?.searchParams',
  'own.checkVisibility()',
  'own.toSorted',
  'new Response().json()',
])('The lint takes %s, which every supported browser has, or which is no API.', async (statement) => {
  expect(await lack(statement)).toEqual([]);
});
