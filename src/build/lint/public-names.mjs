/** Finds the declarations that hosts see, so that ESLint requires a comment for a new export, too. */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** `export { a, type B, C as D } from './x.js';` or `export * from './x.js';` */
const EXPORT = /^export (?:type )?(?:\*|\{([^}]*)\}) from '(\.[^']+)\.js';/gm;

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
    for (const [, names, path] of readFileSync(entry, 'utf8').matchAll(EXPORT)) {
      const file = `${posix.join(posix.dirname(entry), path)}.ts`;
      found.set(file, [...(found.get(file) ?? []), ...(names === undefined ? ['.*'] : parseNames(names))]);
    }
  }
  return new Map([...found].map(([file, names]) => [file, new RegExp(`^(?:${names.join('|')})$`)]));
}

/** The names at the declarations, not those that `as` gives them. */
function parseNames(list) {
  return list
    .split(',')
    .map((item) =>
      item
        .trim()
        .replace(/^type /, '')
        .replace(/ as .*$/, ''),
    )
    .filter((name) => name !== '');
}
