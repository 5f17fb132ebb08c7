/**
 * Makes the declarations in `dist/types` readable for a project without Lit: Lit is part of the bundle, and to a page the element is an
 * `HTMLElement`. Removes declarations that no public entry imports.
 */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Compilers do not emit files that are already declarations. */
export function addFrameworkTypes(source: string, types: string): void {
  cpSync(join(source, 'frameworks'), join(types, 'frameworks'), { recursive: true });
}

/** `entries` are paths relative to the folder. */
export function pruneTypes(folder: string, entries: readonly string[]): void {
  const reached = new Set<string>();
  for (const entry of entries) reach(join(folder, entry), reached);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (name.endsWith('.d.ts') && !reached.has(path)) rmSync(path);
  }
  for (const path of reached) writeFileSync(path, withoutLit(readFileSync(path, 'utf8'), path));
}

function reach(path: string, reached: Set<string>): void {
  if (reached.has(path)) return;
  reached.add(path);
  for (const [, from = ''] of readFileSync(path, 'utf8').matchAll(/(?:from |import\(|import )['"](\.[^'"]+)\.js['"]/g)) {
    reach(join(dirname(path), `${from}.d.ts`), reached);
  }
}

function withoutLit(text: string, path: string): string {
  const tidy = text.replace(/^import (?:type )?\{ LitElement \} from 'lit';\n/m, '').replaceAll('LitElement', 'HTMLElement');
  if (/['"]lit(?:-\w+)?[/'"]/.test(tidy)) throw new Error(`${path} needs more of Lit than LitElement: mark what does as @internal.`);
  return tidy;
}
