// @ts-check
/**
 * The content of `figures.md`: the score of each file, and each mutant that no test noticed. Why nobody can notice it is written by hand
 * and stays as long as the mutant is there.
 */
import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Mutant
 * @property {string} status
 * @property {string} [replacement]
 * @property {{ start: { line: number, column: number }, end: { line: number, column: number } }} location
 *
 * @typedef {Record<string, { source: string, mutants: readonly Mutant[] }>} ReportFiles as in Stryker's `mutation.json`
 *
 * @typedef {object} Row
 * @property {string} file
 * @property {number} noticed
 * @property {number} unnoticed
 *
 * @typedef {object} Figures
 * @property {readonly Row[]} rows
 * @property {readonly string[]} explained lines with a reason
 * @property {readonly string[]} gaps lines without one
 */

const NOTICED = new Set(['Killed', 'Timeout']);
const UNNOTICED = new Set(['Survived', 'NoCoverage']);

/**
 * The former figures with those of the files in the report in their place. Files that are gone are left out.
 *
 * @param {Figures} former
 * @param {ReportFiles} files
 * @param {(file: string) => boolean} exists
 * @returns {Figures}
 */
export function mergeFigures(former, files, exists) {
  const isKept = (/** @type {string} */ file) => !(file in files) && exists(file);
  const survivors = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.filter(({ status }) => UNNOTICED.has(status)).map((mutant) => describeMutant(file, source.split('\n'), mutant)),
  );
  const reasons = former.explained.filter((line) => !isKept(fileOf(line)));
  const explained = [];
  const gaps = [];
  for (const { key, line } of survivors) {
    const index = reasons.findIndex((reason) => reason.startsWith(`- ${key.file}: `) && reason.includes(key.change));
    if (index < 0) gaps.push(line);
    else explained.push(...reasons.splice(index, 1));
  }
  const measured = Object.entries(files).map(([file, { mutants }]) => ({
    file,
    noticed: mutants.filter(({ status }) => NOTICED.has(status)).length,
    unnoticed: mutants.filter(({ status }) => UNNOTICED.has(status)).length,
  }));
  return {
    rows: [...former.rows.filter(({ file }) => isKept(file)), ...measured].toSorted((one, other) => (one.file < other.file ? -1 : 1)),
    explained: [...former.explained.filter((line) => isKept(fileOf(line))), ...explained].toSorted(byFile),
    gaps: [...former.gaps.filter((line) => isKept(fileOf(line))), ...gaps].toSorted(byFile),
  };
}

/**
 * @param {string} text of `figures.md`
 * @returns {Figures}
 */
export function parseFigures(text) {
  const [head = '', rest = ''] = text.split('\n## Mutants that nobody can notice\n');
  const [explained = '', gaps = ''] = rest.split('\n## Gaps\n');
  const rows = [...head.matchAll(/^\| (\S+) +\| +\d+ \| +(\d+) \| +(\d+) \|/gm)]
    .map(([, file = '', noticed, unnoticed]) => ({ file, noticed: Number(noticed), unnoticed: Number(unnoticed) }))
    .filter(({ file }) => !file.startsWith('*'));
  return { rows, explained: itemsOf(explained), gaps: itemsOf(gaps) };
}

/**
 * @param {Figures} figures
 * @param {string} version of StrykerJS
 */
export function formatFigures({ rows, explained, gaps }, version) {
  const sum = (/** @type {'noticed' | 'unnoticed'} */ field) => rows.reduce((total, row) => total + row[field], 0);
  const all = { file: '**all**', noticed: sum('noticed'), unnoticed: sum('unnoticed') };
  return `# What the tests notice

Made by \`npm run test:mutation\` (StrykerJS ${version}): each mutant is the code with one small
change, and is noticed when a unit test fails. The two suites of random interleavings do not take part. A run with \`--mutate\` replaces the
rows of its files and leaves the others. A file without a row has no mutant.

| file | mutants | noticed | not noticed | score |
| :--- | ---: | ---: | ---: | ---: |
${[...rows, all].map(formatRow).join('\n')}

## Mutants that nobody can notice

${explained.join('\n') || 'None.'}

## Gaps

${gaps.join('\n') || 'None.'}
`;
}

/** @param {readonly Row[]} rows */
export function scoreOf(rows) {
  const noticed = rows.reduce((sum, row) => sum + row.noticed, 0);
  const unnoticed = rows.reduce((sum, row) => sum + row.unnoticed, 0);
  return (100 * noticed) / Math.max(noticed + unnoticed, 1);
}

/** @param {string} path */
export function readFigures(path) {
  return parseFigures(readFileSync(path, 'utf8'));
}

/** @param {Row} row */
function formatRow(row) {
  const { file, noticed, unnoticed } = row;
  return `| ${file} | ${noticed + unnoticed} | ${noticed} | ${unnoticed} | ${scoreOf([row]).toFixed(1)} |`;
}

/**
 * @param {string} file
 * @param {readonly string[]} lines
 * @param {Mutant} mutant
 */
function describeMutant(file, lines, { location: { start, end }, replacement = '' }) {
  const line = lines[start.line - 1] ?? '';
  const original = start.line === end.line ? line.slice(start.column - 1, end.column - 1) : `${line.slice(start.column - 1)} …`;
  const change = `\`${onOneLine(original)}\` → \`${onOneLine(replacement)}\``;
  return { key: { file, change }, line: `- ${file}: In \`${onOneLine(line)}\`: ${change}` };
}

/** @param {string} text */
function onOneLine(text) {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** @param {string} section */
function itemsOf(section) {
  return section.split('\n').filter((line) => line.startsWith('- '));
}

/** @param {string} item */
function fileOf(item) {
  return /^- (\S+): /.exec(item)?.[1] ?? '';
}

/**
 * @param {string} one
 * @param {string} other
 */
function byFile(one, other) {
  return fileOf(one) < fileOf(other) ? -1 : Number(fileOf(one) > fileOf(other));
}
