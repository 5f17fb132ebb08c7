/** The documentation's pages by path, such as `guide/gateway`; their sections by heading, with tables and code blocks. */
import { readFileSync } from 'node:fs';
import * as markdown from '../../support/markdown.js';

type Row = markdown.Row;

// A separate constant, because Vite takes `new URL(…, import.meta.url)` for an asset to bundle.
const HERE = import.meta.url;
export const projectUrl = new URL('../../../', HERE);

/** A file of the project. */
export const readText = (path: string): string => readFileSync(new URL(path, projectUrl), 'utf8');

/** A page of the documentation in English. */
export const readPage = (page: string): string => readText(`demo/docs/en/${page}.md`);

/** From the heading to the next one of any level. */
export const sectionOf = (page: string, heading: string): string => markdown.sectionOf(readPage(page), heading);

/** The rows of the section's first table. */
export const tableIn = (page: string, heading: string): readonly Row[] => markdown.tableIn(readPage(page), heading);

export const columnOf = (rows: readonly Row[], column: string): readonly string[] => rows.map((row) => row[column] ?? '');

/** The first code block of that language in the section. */
export function codeIn(page: string, heading: string, language: string): string {
  const code = markdown.codeBlocksIn(readPage(page), heading, language)[0];
  if (code === undefined) throw new Error(`The section "${heading}" of ${page} has no ${language} block.`);
  return code;
}
