/**
 * The documentation as `npm run docs:build` builds it: the size of a page, its content without scripts, and its files for language models.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, pagePaths } from '../../demo/docs/.vitepress/sidebar.js';
import { SITE_DIR } from '../../demo/docs/.vitepress/sources.js';

const read = (path: string): Buffer => readFileSync(join(SITE_DIR, path));
const BUDGET = 100_000;

const pages = LANGUAGES.flatMap((language) => pagePaths.map((path) => `${language}/${path}`));

/** The script, its static imports, and the files that a page preloads. */
function listFiles(html: string): ReadonlySet<string> {
  const files = new Set([...html.matchAll(/(?:src|href)="\/docs\/([^"]+\.(?:js|css))"/g)].map(([, file = '']) => file));
  for (const file of files) {
    const imports = file.endsWith('.js')
      ? read(file)
          .toString()
          .matchAll(/(?:import|from)\s*"(\.[^"]+)"/g)
      : [];
    for (const [, path = ''] of imports) files.add(join(dirname(file), path));
  }
  return files;
}

describe.each(pages)('Page %s', (page) => {
  const html = read(`${page}.html`).toString();

  it('The page weighs at most 100 kB after gzip, before a search', () => {
    const files = [...listFiles(html)];
    expect(files.length).toBeGreaterThan(3);
    const weight = gzipSync(html).length + files.reduce((sum, file) => sum + gzipSync(read(file)).length, 0);
    expect(weight).toBeLessThanOrEqual(BUDGET);
  });

  it('The page has its title, its text and its links without scripts', () => {
    expect(html).toMatch(/<h1[^>]*>/);
    expect(html).toMatch(/<html lang="(?:en|zh-CN)"/);
    expect(html).toContain('href="/docs/');
  });
});

describe('Files for language models', () => {
  it('The file llms.txt lists each page in each language', () => {
    const list = read('llms.txt').toString();
    expect(pages.filter((page) => !list.includes(`(/docs/${page})`))).toEqual([]);
  });

  it('The file llms-full.txt has the text of each page, including text from other files', () => {
    const text = read('llms-full.txt').toString();
    expect(pagePaths.filter((path) => !text.includes(`<!-- /docs/en/${path} -->`))).toEqual([]);
    expect(text).not.toMatch(/^<<< |@include:/m);
    expect(text).toContain('def user_of_session');
  });
});

describe('Search', () => {
  it.each([
    ['en', 'session_name'],
    ['zh-CN', '会话'],
  ])('The search index of %s contains %s', (language, word) => {
    const chunks = readdirSync(join(SITE_DIR, 'assets/chunks'));
    const index = chunks.find((name) => name.startsWith(`@localSearchIndex${language}`)) ?? '';
    expect(read(join('assets/chunks', index)).toString()).toContain(word);
  });
});
