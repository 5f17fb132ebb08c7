/** `npm run bench:renewal`: prints the comparison, keeps the figures, and fails when a goal is missed. */
import { writeResults } from '../results.js';
import { compare } from './comparison.js';
import { evaluate } from './goals.js';
import { report } from './report.js';

const rows = await compare();
const goals = evaluate(rows);
console.log(report(rows, goals));
await writeResults('simulate', 'npm run bench:renewal', { goals, rows });
if (goals.some(({ isMet }) => !isMet)) process.exitCode = 1;
