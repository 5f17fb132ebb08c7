/** Translates the cells of the reference's tables, looked up by their English text. */
import { existsSync, readFileSync } from 'node:fs';
import { format } from 'prettier';

export type Translations = Readonly<Record<string, string>>;

/** Reads `demo/docs/.vitepress/reference.LANGUAGE.json`; empty if there is no such file, as for English. */
export function readTranslations(docsDir: string, language: string): Translations {
  const file = `${docsDir}/.vitepress/reference.${language}.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Translations) : {};
}

/** A cell without a translation stays English: a correct English cell is better than an outdated translation. */
export async function translateTables(
  tables: ReadonlyMap<string, string>,
  translations: Translations,
): Promise<ReadonlyMap<string, string>> {
  const translated = [...tables].map(async ([name, table]) => {
    const text = mapCells(table, (cell) => translations[cell] ?? cell);
    return [name, (await format(text, { parser: 'markdown' })).trim()] as const;
  });
  return new Map(await Promise.all(translated));
}

/** A value that is described in words, such as `24px, on phones 16px`; not a type such as `readonly string[]`. */
const WORDS_IN_CODE = /\b(?!readonly\b)[a-z]{2,} [a-z]{2,}/;

/** Cells with prose that have no translation yet. */
export function findUntranslated(tables: ReadonlyMap<string, string>, translations: Translations): readonly string[] {
  const missing = new Set<string>();
  for (const table of tables.values()) {
    mapCells(table, (cell) => {
      const prose = cell.replace(/`[^`]*`/g, (code) => (WORDS_IN_CODE.test(code) ? code : ''));
      if (/[a-z]{2}/i.test(prose) && !Object.hasOwn(translations, cell)) missing.add(cell);
      return cell;
    });
  }
  return [...missing];
}

function mapCells(table: string, change: (cell: string) => string): string {
  const rows = table.split('\n').map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => change(cell.trim())),
  );
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
