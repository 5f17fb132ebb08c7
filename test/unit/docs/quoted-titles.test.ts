/** The pages about accessibility quote the titles of tests as evidence. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../demo/docs/.vitepress/sidebar.js';
import { projectUrl, readText } from './markdown.js';

const SUITES = ['test/e2e', 'test/browser', 'test/engines'];

function listTitles(folder: string): readonly string[] {
  const files = readdirSync(new URL(folder, projectUrl), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.test\.tsx?$/.test(name),
  );
  return files.flatMap((name) =>
    [...readText(`${folder}/${name}`).matchAll(/\b(?:test|it)(?:\.\w+(?:\([^'`]*\))?)*\(\s*(['`])((?:\\.|(?!\1).)*)\1/g)].map(
      ([, , title = '']) => title.replaceAll("\\'", "'"),
    ),
  );
}

/** A sentence in quotation marks of either language. A label in quotation marks has fewer words. */
const quotesIn = (page: string): readonly string[] =>
  [...page.matchAll(/["“]([A-Z][^"“”]*)["”]/g)].map(([, quote = '']) => quote).filter((quote) => quote.split(' ').length > 3);

describe('Titles of tests in the pages about accessibility', () => {
  const titles = new Set(SUITES.flatMap(listTitles));
  const pages = LANGUAGES.map((language) => [language, quotesIn(readText(`demo/docs/${language}/accessibility.md`))] as const);

  it.each(pages)('Each title that the page in the language %s quotes is the title of a test', (_, quotes) => {
    expect(quotes.length).toBeGreaterThanOrEqual(3);
    expect(quotes.filter((quote) => !titles.has(quote))).toEqual([]);
  });

  it('The pages of all languages quote the same titles', () => {
    for (const [, quotes] of pages) expect(quotes.toSorted()).toEqual(pages[0]?.[1].toSorted());
  });
});
