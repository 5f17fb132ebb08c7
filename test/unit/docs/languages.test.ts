/** Both languages have the same pages: the same anchors, the same code, the same table rows. The same applies to README. */
import { describe, expect, it } from 'vitest';
import { LANGUAGES, pagePaths } from '../../../demo/docs/.vitepress/sidebar.js';
import { listHeadings, withoutCode } from './anchors.js';
import { listLanguages, readCodeBlocks } from './code-blocks.js';
import { readText } from './markdown.js';

const OTHERS = LANGUAGES.filter((language) => language !== 'en');

const counterparts = [
  ...OTHERS.flatMap((language) =>
    pagePaths.map((path) => [`${path}, ${language}`, `demo/docs/en/${path}.md`, `demo/docs/${language}/${path}.md`] as const),
  ),
  ['README', 'README.md', 'README.zh-CN.md'] as const,
];

it('Each language of the sidebar has a folder of pages, and there is no other folder', () => {
  expect(listLanguages().toSorted()).toEqual(LANGUAGES.toSorted());
});

describe.each(counterparts)('Translation of %s', (name, first, second) => {
  const english = readText(first);
  const other = readText(second);

  it('The translation has the same headings, with the same levels and anchors', () => {
    const outline = (text: string): readonly string[] =>
      // GitHub does not support custom anchors.
      listHeadings(text).map(({ level, anchor }) => `${level}${name === 'README' || level === 1 ? '' : ` #${anchor}`}`);
    expect(outline(other)).toEqual(outline(english));
  });

  it('The translation has the same code, and includes the same files', () => {
    const codes = (text: string): readonly string[] => readCodeBlocks('', text).map(({ language, code }) => `${language}\n${code}`);
    const taken = (text: string): readonly string[] => text.match(/^(?:<<< .*|<!-- ?(?:@include|generated|\/generated).*)$/gm) ?? [];
    expect(codes(other)).toEqual(codes(english));
    expect(taken(other)).toEqual(taken(english));
  });

  it('The translation has tables with the same number of rows and the same code in their first cells', () => {
    const tables = (text: string): readonly (readonly string[])[] =>
      (withoutCode(text).match(/^\|.*\n(?:\|.*\n?)*/gm) ?? []).map((table) => table.trim().split('\n').map(firstCode));
    expect(tables(other)).toEqual(tables(english));
  });
});

/** The code in the first cell of a row. */
function firstCode(row: string): string {
  const [, cell = ''] = row.split(/(?<!\\)\|/);
  return (cell.match(/`[^`]+`/g) ?? []).join(', ');
}
