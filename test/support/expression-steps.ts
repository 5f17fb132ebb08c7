/**
 * Finds regular expressions, and counts their steps with recheck: it proves by automata that an expression is linear, or searches for the
 * text of at most 20,000 characters that takes the most steps of a backtracking matcher. If npm has a native recheck for the platform, it
 * takes a quarter of the time of the JavaScript version.
 */
import { readFileSync } from 'node:fs';
import { check } from 'recheck';
import ts from 'typescript';
import { sourceFiles } from './source-files.js';

const TEXT_LENGTH = 20_000;
/** A hundred steps per character. */
const STEP_LIMIT = 100 * TEXT_LENGTH;

/** The regular expression literals in the source `code`, verbatim. */
export function findExpressions(file: string, code: string): string[] {
  const kind = file.endsWith('.tsx') ? ts.ScriptKind.TSX : file.endsWith('.ts') ? ts.ScriptKind.TS : ts.ScriptKind.JS;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.RegularExpressionLiteral) found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, kind));
  return found;
}

/** Our own expressions, each with a file that contains it. `src/build/` is left out, because it reads nothing but this repository. */
export function findOwnExpressions(): ReadonlyMap<string, string> {
  const files = sourceFiles('src').filter((file) => !file.startsWith('src/build/'));
  return new Map(files.flatMap((file) => findExpressions(file, readFileSync(file, 'utf8')).map((each) => [each, file])));
}

/** The problem of a literal whose steps grow faster than the length of the text. */
export async function findSuperLinear(expression: string): Promise<string | undefined> {
  const end = expression.lastIndexOf('/');
  const found = await check(expression.slice(1, end), expression.slice(end + 1), {
    maxAttackStringSize: TEXT_LENGTH,
    attackLimit: STEP_LIMIT,
    randomSeed: 0,
    // Turns an endless search into a failed test.
    timeout: 60_000,
    attackTimeout: null,
    incubationTimeout: null,
  });
  if (found.status === 'safe') return undefined;
  return found.status === 'vulnerable' ? `vulnerable: ${found.complexity.summary}` : `unknown: ${JSON.stringify(found.error)}`;
}
