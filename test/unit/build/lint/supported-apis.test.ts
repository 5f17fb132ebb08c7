// @vitest-environment node
/** The lint rule for APIs, run like `npm run check:lint` on code in place of a product file. */
import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';

const FILE = 'src/core/retry-after.ts';

/** The API in each statement that a supported browser lacks. */
const LACKING = [
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
] as const;

/** Statements whose APIs all browsers support. */
const SUPPORTED = [
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
] as const;

/** ESLint with the options of the project, but with types only of this code: those of the whole project take half a minute. */
function createLinter(code: string): ESLint {
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile('tsconfig.json', ts.sys.readFile).config, ts.sys, '.');
  const host = ts.createCompilerHost(options, true);
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...rest) =>
    resolve(path) === resolve(FILE) ? ts.createSourceFile(path, code, rest[0], true) : getSourceFile(path, ...rest);
  const programs = [ts.createProgram([resolve(FILE)], options, host)];
  return new ESLint({ overrideConfig: { languageOptions: { parserOptions: { projectService: false, programs } } } });
}

/** The reported APIs by statement. All statements are in one file, because the types are computed anew for each file. */
const found = new Map<string, readonly string[]>();

beforeAll(async () => {
  const statements = [...LACKING.map(([statement]) => statement), ...SUPPORTED];
  const code = `export function use(element: Element, list: readonly number[], signal: AbortSignal, maybe: URL | undefined, own: Own): unknown {
  return [
${statements.join(',\n')}
  ];
}
interface Own { readonly checkVisibility: () => boolean; readonly toSorted: number }
`;
  const [result] = await createLinter(code).lintText(code, { filePath: FILE });
  const messages = (result?.messages ?? []).filter(({ ruleId }) => ruleId === 'browsers/supported-apis');
  const isOn = (index: number) => (message: { readonly line: number }) => message.line === index + 3;
  for (const [index, statement] of statements.entries()) {
    found.set(
      statement,
      messages.filter(isOn(index)).map(({ message }) => message),
    );
  }
  // A report outside of these statements would not fail any test.
  expect([...found.values()].flat()).toHaveLength(messages.length);
}, 60_000);

test.each(LACKING)('The lint rule rejects %s, which a supported browser lacks', (statement, name) => {
  expect(found.get(statement)).toEqual([expect.stringMatching(new RegExp(`^(${name}) is not in .+ \\d`))]);
});

test.each(SUPPORTED)('The lint rule accepts %s, which every supported browser has, or which is not an API', (statement) => {
  expect(found.get(statement)).toEqual([]);
});
