/** The Markdown files of the documentation. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the folders with the pages of a language each: `en`, `zh-CN`. */
export function listLanguages(docsDir: string): readonly string[] {
  return readdirSync(docsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

/** Absolute paths of the pages below a folder, in the order of their names; what a tool keeps there in hidden folders is none. */
export function listPages(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !/(?:^|[\\/])\./.test(path))
    .sort()
    .map((path) => join(folder, path));
}
