/** The thirty failures that a token endpoint must survive, each with the tests whose titles name it. */
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** What each case is about. */
const cases: Readonly<Record<string, string>> = {
  F1: 'nobody is signed in',
  F2: 'body, query and headers say who the visitor is',
  F3: 'identify returns something that is nobody',
  F4: 'a number that has been rounded',
  F5: 'Unicode that looks alike or is ill-formed',
  F6: 'separators inside of ids',
  F7: 'the same id at two customers',
  F8: 'GET, prefetches, forms and scripts',
  F9: 'requests from other sites',
  F10: 'origins that look like an allowed one',
  F11: 'preflights',
  F12: 'private keys as people have them',
  F13: 'a key that is rotated',
  F14: 'a jti that is used again',
  F15: 'a clock that is wrong',
  F16: 'the wrong audience or region',
  F17: 'errors of Coze',
  F18: 'tokens that have expired or live absurdly long',
  F19: 'a token cache that mixes people up',
  F20: 'caches in between',
  F21: 'secrets in logs and errors',
  F22: 'error answers that tell too much',
  F23: 'bodies that are too large, too slow or broken',
  F24: 'visitors who ask too often, and too many of them',
  F25: 'many visitors at once',
  F26: 'clients that hang up',
  F27: 'tokens that may do too much',
  F28: 'a personal access token',
  F29: 'other sites that want to know who is signed in',
  F30: 'polluted prototypes and changed options',
};

interface Title {
  readonly text: string;
  readonly isSkipped: boolean;
}

/** The titles of the tests of a file, read from its syntax, so that a comment or another text does not count. */
function titlesIn(source: ts.SourceFile): readonly Title[] {
  const titles: Title[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^it\b/.test(node.expression.getText(source))) {
      const [title] = node.arguments;
      const isSkipped = /^it\.(skip|todo|fails|only)\b/.test(node.expression.getText(source));
      if (title !== undefined && ts.isStringLiteralLike(title)) titles.push({ text: title.text, isSkipped });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}

const folder = new URL('./', import.meta.url);
const titles = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .flatMap((name) => titlesIn(ts.createSourceFile(name, readFileSync(new URL(name, folder), 'utf8'), ts.ScriptTarget.Latest)));

/** `F9, F10: …` */
function idsOf({ text }: Title): readonly string[] {
  return /^(F\d+(?:, F\d+)*): ./.exec(text)?.[1]?.split(', ') ?? [];
}

function proofsOf(id: string): readonly string[] {
  return titles.filter((title) => idsOf(title).includes(id) && !title.isSkipped).map(({ text }) => text);
}

it.each(Object.entries(cases))('the failure %s, %s, has tests that name it', (id) => {
  expect(proofsOf(id)).not.toEqual([]);
});

it('no test names a failure that is not in the list', () => {
  expect(titles.flatMap(idsOf).filter((id) => !(id in cases))).toEqual([]);
  expect(Object.keys(cases)).toEqual(Array.from({ length: 30 }, (_, index) => `F${index + 1}`));
});
