/** Finds the declarations that hosts see, so that ESLint requires a comment for a new export, too. */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

/**
 * Returns for each source file a pattern of its public names: those that the entries export from it, and those in `others`.
 *
 * @param {readonly string[]} entries paths below the working directory
 * @param {Readonly<Record<string, readonly string[]>>} others
 * @returns {ReadonlyMap<string, RegExp>}
 */
export function findPublicNames(entries, others = {}) {
  const found = new Map(Object.entries(others));
  for (const entry of entries) {
    const { statements } = ts.createSourceFile(entry, readFileSync(entry, 'utf8'), ts.ScriptTarget.Latest);
    for (const { exportClause, moduleSpecifier } of statements.filter(ts.isExportDeclaration)) {
      if (moduleSpecifier === undefined) continue;
      const file = posix.join(posix.dirname(entry), moduleSpecifier.text).replace(/\.js$/, '.ts');
      found.set(file, [...(found.get(file) ?? []), ...listNames(exportClause)]);
    }
  }
  return new Map([...found].map(([file, names]) => [file, new RegExp(`^(?:${names.join('|')})$`)]));
}

/** The names at the declarations, not those that `as` gives them; all of a file for `export *`. */
function listNames(exportClause) {
  return exportClause === undefined ? ['.*'] : exportClause.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
}
