/** Gzip sizes of built files including their static imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { gzipSync } from 'node:zlib';
import { parseAst } from 'vite';
import type { Budget } from './budgets.js';

export interface Measured extends Budget {
  readonly files: readonly string[];
  readonly bytes: number;
}

/** Measures in order; a file that an earlier budget, or `before`, has loaded does not count again. */
export function measure(folder: URL, budgets: readonly Budget[], before: readonly Measured[] = []): readonly Measured[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const loaded = new Set(before.flatMap(({ files }) => files));
  return budgets.map((budget) => {
    const wanted = budget.entries.flatMap((pattern) => matching(names, pattern)).flatMap((name) => withStaticImports(folder, name));
    const files = [...new Set(wanted)].filter((name) => !loaded.has(name));
    for (const name of files) loaded.add(name);
    const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, folder)), { level: 9 }).length, 0);
    return { ...budget, files, bytes };
  });
}

function matching(names: readonly string[], pattern: string): readonly string[] {
  const [start = '', end] = pattern.split('*');
  const found = names.filter((name) => (end === undefined ? name === start : name.startsWith(start) && name.endsWith(end)));
  if (found.length === 0) throw new Error(`dist/ has no ${pattern}. Run npm run build.`);
  return found;
}

function withStaticImports(folder: URL, name: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(name)) return [];
  seen.add(name);
  if (!name.endsWith('.js')) return [name];
  const { body } = parseAst(readFileSync(new URL(name, folder), 'utf8'));
  const sources = body.flatMap((node) => ('source' in node && typeof node.source?.value === 'string' ? [node.source.value] : []));
  const own = sources.filter((source) => source.startsWith('.')).map((source) => join(dirname(name), source));
  return [name, ...own.flatMap((source) => withStaticImports(folder, source, seen))];
}

/** Brotli sizes of the files that the build has compressed. */
export function measureServed(folder: URL, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + readFileSync(new URL(`compressed/${name}.br`, folder)).length, 0);
}
