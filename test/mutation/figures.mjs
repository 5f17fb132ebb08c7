/**
 * Writes `figures.md` from Stryker's report: the score of each file, and each mutant that no test noticed. Those listed in
 * `equivalents.json` behave just as the code does; any other one, or a score below the goal, makes the run fail.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

const GOAL_PERCENT = 90;
const NOTICED = new Set(['Killed', 'Timeout']);
const UNNOTICED = new Set(['Survived', 'NoCoverage']);

const here = (path) => new URL(path, import.meta.url);
const readJson = (path) => JSON.parse(readFileSync(here(path), 'utf8'));

/** `line` is the line on which the change begins, as it is written; `nth` tells the changes on one line apart that read the same. */
const equivalents = readJson('equivalents.json');

const files = Object.entries(readJson('../../reports/mutation.json').files).map(([file, { source, mutants }]) => {
  const lines = source.split('\n');
  const describe = ({ location: { start, end }, mutatorName, replacement }) => {
    const line = lines[start.line - 1].trim();
    const isOneLine = start.line === end.line;
    const original = lines[start.line - 1].slice(start.column - 1, isOneLine ? end.column - 1 : undefined) + (isOneLine ? '' : ' …');
    return { file, line, original, replacement, mutatorName, at: `${start.line}:${start.column}` };
  };
  return {
    file,
    noticed: mutants.filter(({ status }) => NOTICED.has(status)).length,
    survivors: mutants.filter(({ status }) => UNNOTICED.has(status)).map(describe),
  };
});

const isSame = (one, other) =>
  one.file === other.file && one.line === other.line && one.original === other.original && one.replacement === other.replacement;
const survivors = files.flatMap((file) => file.survivors);
const gaps = survivors.filter((survivor) => !equivalents.some((equivalent) => isSame(survivor, equivalent)));
const outdated = equivalents.filter((equivalent) => !survivors.some((survivor) => isSame(survivor, equivalent)));

const noticed = files.reduce((sum, file) => sum + file.noticed, 0);
const percent = (part, rest) => (part + rest === 0 ? '–' : ((100 * part) / (part + rest)).toFixed(1));
const code = (text) => '`` ' + text.replaceAll(/\s+/g, ' ') + ' ``';
const change = ({ line, original, replacement }) => `In ${code(line)}: ${code(original)} → ${code(replacement)}`;

const text = `# What the tests notice

Made by \`npm run test:mutation\` (StrykerJS ${readJson('../../node_modules/@stryker-mutator/core/package.json').version}): each mutant is the code with one small
change, and is noticed when a unit test fails. The two suites of random interleavings do not take part.

| file | mutants | noticed | not noticed | score |
| :--- | ---: | ---: | ---: | ---: |
${files.map(({ file, noticed, survivors: { length } }) => `| ${file} | ${noticed + length} | ${noticed} | ${length} | ${percent(noticed, length)} |`).join('\n')}
| **all** | ${noticed + survivors.length} | ${noticed} | ${survivors.length} | ${percent(noticed, survivors.length)} |

## Mutants that nobody can notice

${equivalents.map((equivalent) => `- ${equivalent.file}: ${change(equivalent)}. ${equivalent.reason}`).join('\n')}

## Gaps

${gaps.length === 0 ? 'None.' : gaps.map((gap) => `- ${gap.file}:${gap.at}: ${change(gap)}`).join('\n')}
`;
writeFileSync(here('figures.md'), await format(text, { parser: 'markdown', printWidth: 140 }));

for (const gap of gaps) console.error(`Not noticed: ${gap.file}:${gap.at} ${gap.mutatorName} ${change(gap)}`);
for (const { file, line } of outdated) console.error(`No longer a survivor, strike it from equivalents.json: ${file}: ${line}`);
const isGood = gaps.length === 0 && outdated.length === 0 && noticed / (noticed + survivors.length) >= GOAL_PERCENT / 100;
process.exitCode = isGood ? 0 : 1;
