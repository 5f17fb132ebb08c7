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

/** WCAG 2's contrast ratio of two colours such as `#f6f6f7`. */
function getContrast(...colours: readonly [string, string]): number {
  const [darker = 0, lighter = 0] = colours
    .map((hex) =>
      [0.2126, 0.7152, 0.0722].reduce((sum, weight, index) => {
        const value = Number.parseInt(hex.slice(1 + 2 * index, 3 + 2 * index), 16) / 255;
        return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
      }, 0),
    )
    .sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
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

describe('Accessibility', () => {
  const sources = pages.map((page) => [page, read(`${page}.html`).toString()] as const);
  const pagesWith = (pattern: RegExp, language = ''): readonly string[] =>
    sources.filter(([page, html]) => page.startsWith(language) && pattern.test(html)).map(([page]) => page);

  it('Each page has one main landmark', () => {
    expect(sources.filter(([, html]) => html.split('<main').length !== 2).map(([page]) => page)).toEqual([]);
  });

  it('No button of a page contains another button', () => {
    expect(pagesWith(/role="button"[^>]*>(?:(?!<\/section>)[\s\S])*?<div class="caret"[^>]*role="button"/)).toEqual([]);
  });

  it('Links to headings have the name of the heading without its id', () => {
    expect(pagesWith(/class="header-anchor"[^>]*aria-label="[^"]*(?:\{#|Permalink)/)).toEqual([]);
  });

  it('Chinese pages have Chinese names for what the theme adds', () => {
    expect(pagesWith(/Main Navigation|Sidebar Navigation|mobile navigation|extra navigation|>Pager<|title="Copy Code"/i, 'zh-CN')).toEqual(
      [],
    );
  });

  it.each([
    ['light', '#f6f6f7'],
    ['dark', '#161618'],
  ])('Each colour of code has a contrast of at least 4.5 to the %s background', (theme, background) => {
    const colours = new Set(
      sources.flatMap(([, html]) => [...html.matchAll(new RegExp(`--shiki-${theme}:(#\\w{6})`, 'g'))].map(([, hex = '']) => hex)),
    );
    expect(colours.size).toBeGreaterThan(3);
    expect([...colours].filter((colour) => getContrast(colour, background) < 4.5)).toEqual([]);
  });
});

describe('Search engines', () => {
  it('No two pages have the same description', () => {
    const descriptions = pages.map((page) => /<meta name="description" content="([^"]*)"/.exec(read(`${page}.html`).toString())?.[1] ?? '');
    expect(descriptions.filter((text, index) => text === '' || descriptions.indexOf(text) !== index)).toEqual([]);
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
