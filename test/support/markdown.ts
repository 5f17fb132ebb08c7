/** Reads a page's tables and examples: sections by heading, tables, code blocks. */

export interface Row {
  /** Text of each cell, by its column's heading, without code marks or a link around the text. */
  readonly [column: string]: string;
}

/** From the heading to the next one of any level. */
export function sectionOf(page: string, heading: string): string {
  // Blanks out code blocks, in which a `#` is a comment rather than a heading.
  const withoutCode = page.replace(/^```[\s\S]*?^```$/gm, (block) => ' '.repeat(block.length));
  const literal = heading.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // The heading may be followed by a custom anchor.
  const start = withoutCode.search(new RegExp(`^#+ ${literal}(?: \\{#[\\w-]+\\})?$`, 'm'));
  if (start === -1) throw new Error(`There is no heading "${heading}".`);
  const length = withoutCode.slice(start).search(/\n#+ /);
  return length === -1 ? page.slice(start) : page.slice(start, start + length);
}

/** The rows of the section's first table. */
export function tableIn(page: string, heading: string): readonly Row[] {
  return tablesIn(page, heading)[0] ?? [];
}

/** The rows of each of the section's tables. */
function tablesIn(page: string, heading: string): readonly (readonly Row[])[] {
  return sectionOf(page, heading)
    .split(/\n(?!\|)/)
    .map((block) => block.split('\n').filter((line) => line.startsWith('|')))
    .filter((lines) => lines.length > 2)
    .map((lines) => {
      const [columns = [], , ...rows] = lines.map(cellsOf);
      return rows.map((cells) => Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])));
    });
}

export const codeBlocksIn = (page: string, heading: string, language: string): readonly string[] =>
  [...sectionOf(page, heading).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code);

const cellsOf = (line: string): readonly string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) =>
      cell
        .trim()
        .replace(/^\[(`[^`]*`)\]\([^)]*\)$/, '$1')
        .replace(/^`([^`]*)`$/, '$1'),
    );
