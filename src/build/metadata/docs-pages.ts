/** The Markdown files of the documentation. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the folders that contain the pages of one language: `en`, `zh-CN`. */
export function listLanguages(docsDir: string): readonly string[] {
  return readdirSync(docsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

/** Absolute paths of the pages below a folder, sorted by name; hidden folders of tools are skipped. */
export function listPages(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !/(?:^|[\\/])\./.test(path))
    .sort()
    .map((path) => join(folder, path));
}
