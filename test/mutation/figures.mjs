// @ts-check
/**
 * Brings `figures.md` up to date with Stryker's report. A score below the goal makes the run fail. The goal is below 100 % because some
 * mutants behave just like the code, for example a different fallback value that only the type checker requires.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { formatFigures, mergeFigures, readFigures, scoreOf } from './figures-file.mjs';

const GOAL_PERCENT = 97;

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const readJson = (/** @type {string} */ path) => JSON.parse(readFileSync(here(path), 'utf8'));

const { files } = readJson('../../reports/mutation.json');
const figures = mergeFigures(readFigures(here('figures.md')), files, (file) => existsSync(here(`../../${file}`)));
const { version } = readJson('../../node_modules/@stryker-mutator/core/package.json');
writeFileSync(here('figures.md'), await format(formatFigures(figures, version), { parser: 'markdown', printWidth: 140 }));

const score = scoreOf(figures.rows);
for (const gap of figures.gaps) console.log(`Not noticed ${gap}`);
console.log(`${score.toFixed(1)} % of the mutants were noticed. Give each that is not a test, or a reason in test/mutation/figures.md.`);
if (score < GOAL_PERCENT) {
  console.error(`The goal is ${GOAL_PERCENT} %.`);
  process.exitCode = 1;
}
