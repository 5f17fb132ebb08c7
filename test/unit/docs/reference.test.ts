/** The tables that `npm run docs:reference` writes. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { listLanguages, listPages } from '../../../src/build/metadata/docs-pages.js';
import { readPublicApi } from '../../../src/build/metadata/public-api.js';
import { createTables, fillTables, findUnplaced } from '../../../src/build/metadata/reference.js';
import { findUntranslated, readTranslations, translateTables } from '../../../src/build/metadata/reference-translations.js';
import { projectUrl } from './markdown.js';

const tables = await createTables(readPublicApi(fileURLToPath(projectUrl)));
const docs = fileURLToPath(new URL('demo/docs/', projectUrl));
const otherLanguages = listLanguages(docs).filter((language) => language !== 'en');

it.each(otherLanguages)('Every text of the reference’s tables is translated: %s', (language) => {
  expect(findUntranslated(tables, readTranslations(docs, language))).toEqual([]);
});

describe.each(listLanguages(docs))('Reference in the documentation, %s', (language) => {
  const pages = listPages(`${docs}${language}`).map((path) => ({ path, text: readFileSync(path, 'utf8') }));

  it('The tables match the comments in the code; `npm run docs:reference` updates them', async () => {
    const translated = await translateTables(tables, readTranslations(docs, language));
    for (const { path, text } of pages) expect(fillTables(text, translated).split('\n'), path).toEqual(text.split('\n'));
  });

  it('The documentation has a place for every table', () => {
    expect(
      findUnplaced(
        pages.map(({ text }) => text),
        tables,
      ),
    ).toEqual([]);
  });
});

describe('fillTables', () => {
  it('fillTables() puts a table between its marks and keeps the text around them', () => {
    const page = 'before\n\n<!-- generated:parts -->\n\nold\n\n<!-- /generated -->\n\nafter';
    const filled = 'before\n\n<!-- generated:parts -->\n\nnew\n\n<!-- /generated -->\n\nafter';
    expect(fillTables(page, new Map([['parts', 'new']]))).toBe(filled);
  });

  it('fillTables() fills an empty place, and gives the next place its own table', () => {
    const page = '<!-- generated:parts -->\n<!-- /generated -->\n\n<!-- generated:slots -->\n\n<!-- /generated -->';
    const filled = '<!-- generated:parts -->\n\nnew\n\n<!-- /generated -->\n\n<!-- generated:slots -->\n\nown\n\n<!-- /generated -->';
    expect(fillTables(page, new Map(Object.entries({ parts: 'new', slots: 'own' })))).toBe(filled);
  });

  it('fillTables() throws if the page has a place for a table that does not exist', () => {
    expect(() => fillTables('<!-- generated:colours -->\n\n<!-- /generated -->', tables)).toThrow('There is no table "colours".');
  });

  it('fillTables() leaves a page without tables unchanged', () => {
    expect(fillTables('A page without tables.', tables)).toBe('A page without tables.');
  });
});

describe('findUnplaced', () => {
  it('findUnplaced() names the tables for which no page has a place', () => {
    const pages = ['<!-- generated:parts -->\n\n<!-- /generated -->', 'none'];
    expect(findUnplaced(pages, new Map(Object.entries({ parts: '', slots: '' })))).toEqual(['slots']);
  });
});

describe('translateTables', () => {
  const english = new Map([['parts', '| part | what it is |\n| --- | --- |\n| `a \\| b` | The button. |\n| `frame` | The iframe. |']]);
  const translations = { part: '部件', 'what it is': '是什么', 'The button.': '按钮。' };

  it('translateTables() translates the texts that have a translation, and leaves other texts and code unchanged', async () => {
    const table = (await translateTables(english, translations)).get('parts') ?? '';
    const rows = table.split('\n').map((row) => row.replace(/ +/g, ' '));
    expect(rows.filter((_, index) => index !== 1)).toEqual(['| 部件 | 是什么 |', '| `a \\| b` | 按钮。 |', '| `frame` | The iframe. |']);
  });

  it('findUntranslated() lists the texts without a translation', () => {
    expect(findUntranslated(english, translations)).toEqual(['The iframe.']);
  });
});
