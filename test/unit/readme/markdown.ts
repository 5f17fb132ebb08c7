/** What the tests of this folder need of Markdown: sections by heading, tables, code blocks. */
import { readFileSync } from 'node:fs';

export interface Row {
  /** Text of each cell, by the heading of its column, without the marks of code. */
  readonly [column: string]: string;
}

// Named apart, because Vite takes the expression in one piece for a picture to bundle.
const here = import.meta.url;
export const projectUrl = new URL('../../../', here);

export const readText = (path: string): string => readFileSync(new URL(path, projectUrl), 'utf8');

const readme = readText('README.md');

/** Where a `#` is a comment, not a heading, there are spaces. */
const withoutCode = readme.replace(/^```[\s\S]*?^```$/gm, (block) => ' '.repeat(block.length));

/** From the heading to the next one of any level. */
export function sectionOf(heading: string): string {
  const start = withoutCode.search(new RegExp(`^#+ ${heading}$`, 'm'));
  if (start === -1) throw new Error(`README.md has no heading "${heading}".`);
  const length = withoutCode.slice(start).search(/\n#+ /);
  return length === -1 ? readme.slice(start) : readme.slice(start, start + length);
}

/** The rows of the section's first table. */
export function tableIn(heading: string): readonly Row[] {
  const lines = sectionOf(heading)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  const [columns = [], , ...rows] = lines.map(cellsOf);
  return rows.map((cells) => Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])));
}

export const columnOf = (rows: readonly Row[], column: string): readonly string[] => rows.map((row) => row[column] ?? '');

/** The text of a code block in the section: the first of that language. */
export function codeIn(heading: string, language: string): string {
  const code = codeBlocksIn(heading, language)[0];
  if (code === undefined) throw new Error(`The section "${heading}" of README.md has no ${language} block.`);
  return code;
}

export const codeBlocksIn = (heading: string, language: string): readonly string[] =>
  [...sectionOf(heading).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code);

const cellsOf = (line: string): readonly string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1'));
