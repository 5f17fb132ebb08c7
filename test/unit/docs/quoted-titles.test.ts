/** What the pages quote: the pages about accessibility the titles of tests, other pages what visitors read in the chat. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, pagePaths } from '../../../demo/docs/.vitepress/sidebar.js';
import { getConsentStrings } from '../../../src/locales/consent-strings.js';
import type { Language } from '../../../src/locales/language.js';
import { ownDataStrings } from '../../../src/locales/own-data-strings.js';
import { ownDataTitle } from '../../../src/locales/own-data-title.js';
import { loadStrings } from '../../../src/locales/strings.js';
import { withoutCode } from './anchors.js';
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

describe('Labels of the chat in the pages', () => {
  it.each(['troubleshooting', 'guide/own-data', 'guide/consent'])(
    'Each label that the English page %s quotes begins a string of the chat',
    async (path) => {
      const labels = [...withoutCode(readText(`demo/docs/en/${path}.md`)).matchAll(/"([A-Z][^"]*)"/g)].map(([, label = '']) => label);
      expect(labels).not.toEqual([]);
      expect(await findUnknownLabels('en', labels)).toEqual([]);
    },
  );

  it('Each label that a Chinese page quotes begins a string of the chat, or is a word of another program', async () => {
    // Of Coze's console, of the operating system, of a drawing, and the name of a section.
    const others = new Set(['渠道', '普通', '服务类应用', '减少动态效果', '需要帮忙吗？', '状态']);
    const pages = pagePaths.map((path) => withoutCode(readText(`demo/docs/zh-CN/${path}.md`)));
    const labels = pages.flatMap((text) => [...text.matchAll(/“([^”]*\p{Script=Han}[^”]*)”/gu)].map(([, label = '']) => label));
    expect(labels.length).toBeGreaterThan(20);
    expect((await findUnknownLabels('zh-CN', labels)).filter((label) => !others.has(label))).toEqual([]);
  });
});

async function findUnknownLabels(language: Language, labels: readonly string[]): Promise<readonly string[]> {
  const groups = [await loadStrings(language), ownDataStrings[language], getConsentStrings(language)];
  const strings = [ownDataTitle[language], ...groups.flatMap((group) => Object.values(group) as readonly string[])];
  return labels.filter((label) => !strings.some((text) => text.startsWith(label)));
}
