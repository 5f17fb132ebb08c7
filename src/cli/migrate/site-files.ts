/** Lists the hand-written files of a site: no dependencies, no build output, no links, no large files. Writes what has changed in them. */
import { lstat, readdir, writeFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { isEnvironmentFile } from './published-variables.js';

const MAX_BYTES = 2 * 1024 * 1024;
const MAX_FILES = 50_000;

/** Dependencies, version control, and build output. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  '.git',
  '.hg',
  '.svn',
  'dist',
  'build',
  'out',
  'coverage',
  'target',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.astro',
  '.docusaurus',
  '.vitepress/dist',
  '.vercel',
  '.netlify',
  '.cache',
  '.parcel-cache',
  '.turbo',
  '_site',
]);

/** File types that may contain a page's code. */
const PAGE_FILE =
  /\.(?:html?|xhtml|[cm]?[jt]sx?|vue|svelte|astro|mdx?|php|phtml|ejs|hbs|handlebars|mustache|njk|liquid|twig|erb|haml|pug|jsp|jspx|aspx|cshtml|razor|blade|ftl|vm|tmpl|gohtml|tpl)$/i;

/**
 * Paths in `folder`, with slashes. What cannot be read, such as a file whose name is not UTF-8, is listed, too, so that reading it fails visibly.
 * Rejects if `folder` itself cannot be read.
 */
export async function listPageFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  async function visit(path: string): Promise<void> {
    const entries = await readdir(posix.join(folder, path), { withFileTypes: true });
    for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      if (found.length >= MAX_FILES) return;
      const below = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) await visit(below).catch(() => void found.push(below));
      if (entry.isFile() && (PAGE_FILE.test(entry.name) || entry.name === 'package.json' || isEnvironmentFile(entry.name))) {
        const { size } = await lstat(posix.join(folder, below)).catch(() => ({ size: 0 }));
        if (size <= MAX_BYTES) found.push(below);
      }
    }
  }
  // Links are followed for the folder itself, but not inside it.
  await visit('');
  return found;
}

/** Writes in place, so that the file keeps its mode and its owner. */
export function rewriteFile(path: string, content: Uint8Array): Promise<void> {
  return writeFile(path, content);
}
