/** The files that people write of a site: not what is installed or built, nothing behind a link, nothing large. */
import { lstat, readdir } from 'node:fs/promises';
import { posix } from 'node:path';

const MAX_BYTES = 2 * 1024 * 1024;
const MAX_FILES = 50_000;

/** Dependencies, version control, and what tools build. */
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

/** What pages are written in. */
const PAGE_FILE =
  /\.(?:html?|xhtml|[cm]?[jt]sx?|vue|svelte|astro|mdx?|php|phtml|ejs|hbs|handlebars|mustache|njk|liquid|twig|erb|haml|pug|jsp|jspx|aspx|cshtml|razor|blade|ftl|vm|tmpl|gohtml|tpl)$/i;

/** Paths in `folder`, with slashes. Rejects where it cannot be read. */
export async function listPageFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  async function visit(path: string): Promise<void> {
    const entries = await readdir(posix.join(folder, path), { withFileTypes: true });
    for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      if (found.length >= MAX_FILES) return;
      const below = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) await visit(below).catch(() => undefined);
      if (entry.isFile() && (PAGE_FILE.test(entry.name) || entry.name === 'package.json')) {
        const { size } = await lstat(posix.join(folder, below));
        if (size <= MAX_BYTES) found.push(below);
      }
    }
  }
  // The folder itself may be a link; what is in it may not.
  await visit('');
  return found;
}
