/**
 * Writes `figures.md` from Stryker's report: the score of each file, and each mutant that no test noticed. A score below the goal makes the
 * run fail. The goal is below 100 % because some mutants behave just like the code, for example a different fallback value that only the
 * type checker requires; there is no list of those, because it would have to contain the code's text.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

const GOAL_PERCENT = 97;
const NOTICED = new Set(['Killed', 'Timeout']);
const UNNOTICED = new Set(['Survived', 'NoCoverage']);

const here = (path) => new URL(path, import.meta.url);
const readJson = (path) => JSON.parse(readFileSync(here(path), 'utf8'));

const files = Object.entries(readJson('../../reports/mutation.json').files).map(([file, { source, mutants }]) => {
  const lines = source.split('\n');
  const describe = ({ location: { start, end }, mutatorName, replacement }) => {
    const line = lines[start.line - 1];
    const original = start.line === end.line ? line.slice(start.column - 1, end.column - 1) : `${line.slice(start.column - 1)} …`;
    return `${file}:${start.line}:${start.column} ${mutatorName}: in ${code(line.trim())}, ${code(original)} → ${code(replacement)}`;
  };
  return {
    file,
    noticed: mutants.filter(({ status }) => NOTICED.has(status)).length,
    survivors: mutants.filter(({ status }) => UNNOTICED.has(status)).map(describe),
  };
});

const survivors = files.flatMap((file) => file.survivors);
const noticed = files.reduce((sum, file) => sum + file.noticed, 0);
const score = percent(noticed, survivors.length);

const row = ({ file, noticed, survivors: { length } }) =>
  `| ${file} | ${noticed + length} | ${noticed} | ${length} | ${percent(noticed, length).toFixed(1)} |`;

const text = `# What the tests notice

Made by \`npm run test:mutation\` (StrykerJS ${readJson('../../node_modules/@stryker-mutator/core/package.json').version}): each mutant is the code with one small
change, and is noticed when a unit test fails. The two suites of random interleavings do not take part. The goal is ${GOAL_PERCENT} %.

| file | mutants | noticed | not noticed | score in % |
| :--- | ---: | ---: | ---: | ---: |
${files.map(row).join('\n')}
${row({ file: '**all**', noticed, survivors })}

## Not noticed

${survivors.length === 0 ? 'None.' : survivors.map((survivor) => `- ${survivor}`).join('\n')}
`;
writeFileSync(here('figures.md'), await format(text, { parser: 'markdown', printWidth: 140 }));

for (const survivor of survivors) console.log(`Not noticed: ${survivor}`);
console.log(`${score.toFixed(1)} % of ${noticed + survivors.length} mutants were noticed.`);
if (score < GOAL_PERCENT) {
  console.error(`The goal is ${GOAL_PERCENT} %.`);
  process.exitCode = 1;
}

function percent(part, rest) {
  return (100 * part) / Math.max(part + rest, 1);
}

function code(text) {
  return '`` ' + text.replaceAll(/\s+/g, ' ') + ' ``';
}
