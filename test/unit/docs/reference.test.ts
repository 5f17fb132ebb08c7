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
describe.each(listLanguages(docs))('the reference in the documentation, %s', (language) => {
  const pages = listPages(`${docs}${language}`).map((path) => ({ path, text: readFileSync(path, 'utf8') }));

  it('is what the comments beside the code say; `npm run docs:reference` brings it up to date', async () => {
    const translated = await translateTables(tables, readTranslations(docs, language));
    for (const { path, text } of pages) expect(fillTables(text, translated).split('\n'), path).toEqual(text.split('\n'));
  });

  it('has a place for every table', () => {
    expect(
      findUnplaced(
        pages.map(({ text }) => text),
        tables,
      ),
    ).toEqual([]);
  });
});

describe('fillTables', () => {
  it('puts a table between its marks and keeps what is around them', () => {
    const page = 'before\n\n<!-- generated:parts -->\n\nold\n\n<!-- /generated -->\n\nafter';
    const filled = 'before\n\n<!-- generated:parts -->\n\nnew\n\n<!-- /generated -->\n\nafter';
    expect(fillTables(page, new Map([['parts', 'new']]))).toBe(filled);
  });

  it('fills a place in which nothing is yet, and no place after it', () => {
    const page = '<!-- generated:parts -->\n<!-- /generated -->\n\n<!-- generated:slots -->\n\n<!-- /generated -->';
    const filled = '<!-- generated:parts -->\n\nnew\n\n<!-- /generated -->\n\n<!-- generated:slots -->\n\nown\n\n<!-- /generated -->';
    expect(fillTables(page, new Map(Object.entries({ parts: 'new', slots: 'own' })))).toBe(filled);
  });

  it('throws when the page wants a table that is not made', () => {
    expect(() => fillTables('<!-- generated:colours -->\n\n<!-- /generated -->', tables)).toThrow('There is no table "colours".');
  });

  it('leaves a page without tables as it is', () => {
    expect(fillTables('A page without tables.', tables)).toBe('A page without tables.');
  });
});

describe('findUnplaced', () => {
  it('names the tables that no page has a place for', () => {
    const pages = ['<!-- generated:parts -->\n\n<!-- /generated -->', 'none'];
    expect(findUnplaced(pages, new Map(Object.entries({ parts: '', slots: '' })))).toEqual(['slots']);
  });
});

describe('translateTables', () => {
  const english = new Map([['parts', '| part | what it is |\n| --- | --- |\n| `a \\| b` | The button. |\n| `frame` | The iframe. |']]);
  const translations = { part: '部件', 'what it is': '是什么', 'The button.': '按钮。' };

  it('says in the other language what it has words for, and leaves the rest and the code as they are', async () => {
    const table = (await translateTables(english, translations)).get('parts') ?? '';
    const rows = table.split('\n').map((row) => row.replace(/ +/g, ' '));
    expect(rows.filter((_, index) => index !== 1)).toEqual(['| 部件 | 是什么 |', '| `a \\| b` | 按钮。 |', '| `frame` | The iframe. |']);
  });

  it('is helped by a list of what is not translated yet', () => {
    expect(findUntranslated(english, translations)).toEqual(['The iframe.']);
  });
});
