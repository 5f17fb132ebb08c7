/** The README's sections by heading, their tables and code blocks. */
import { readFileSync } from 'node:fs';
import * as markdown from '../../support/markdown.js';

type Row = markdown.Row;

// Named apart, because Vite takes the expression in one piece for a picture to bundle.
const HERE = import.meta.url;
export const projectUrl = new URL('../../../', HERE);

export const readText = (path: string): string => readFileSync(new URL(path, projectUrl), 'utf8');

const README = readText('README.md');

/** From the heading to the next one of any level. */
export const sectionOf = (heading: string): string => markdown.sectionOf(README, heading);

/** The rows of the section's first table. */
export const tableIn = (heading: string): readonly Row[] => markdown.tableIn(README, heading);

export const columnOf = (rows: readonly Row[], column: string): readonly string[] => rows.map((row) => row[column] ?? '');

/** The text of a code block in the section: the first of that language. */
export function codeIn(heading: string, language: string): string {
  const code = codeBlocksIn(heading, language)[0];
  if (code === undefined) throw new Error(`The section "${heading}" of README.md has no ${language} block.`);
  return code;
}

export const codeBlocksIn = (heading: string, language: string): readonly string[] => markdown.codeBlocksIn(README, heading, language);
