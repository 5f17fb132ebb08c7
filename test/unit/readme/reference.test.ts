/** The tables that `npm run docs:reference` writes. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPublicApi } from '../../../src/build/metadata/public-api.js';
import { createTables, fillTables } from '../../../src/build/metadata/reference.js';
import { projectUrl, readText } from './markdown.js';

const tables = await createTables(readPublicApi(fileURLToPath(projectUrl)));

describe('the reference in the README', () => {
  it('is what the comments beside the code say; `npm run docs:reference` brings it up to date', () => {
    const readme = readText('README.md');
    expect(fillTables(readme, tables).split('\n')).toEqual(readme.split('\n'));
  });
});

describe('fillTables', () => {
  it('puts a table between its marks and keeps what is around them', () => {
    const page = 'before\n\n<!-- generated:parts -->\n\nold\n\n<!-- /generated -->\n\nafter';
    const filled = 'before\n\n<!-- generated:parts -->\n\nnew\n\n<!-- /generated -->\n\nafter';
    expect(fillTables(page, new Map([['parts', 'new']]))).toBe(filled);
  });

  it('throws when the page wants a table that is not made', () => {
    expect(() => fillTables('<!-- generated:colours -->\n\n<!-- /generated -->', tables)).toThrow('There is no table "colours".');
  });

  it('throws when the page has no place for a table', () => {
    expect(() => fillTables('A page without tables.', tables)).toThrow('has no place for attributes, properties');
  });
});
