import { describe, expect, it } from 'vitest';
import { formatFigures, mergeFigures, parseFigures } from '../../mutation/figures-file.mjs';

const former = formatFigures(
  {
    rows: [
      { file: 'src/a.ts', noticed: 8, unnoticed: 2 },
      { file: 'src/b.ts', noticed: 5, unnoticed: 0 },
      { file: 'src/gone.ts', noticed: 1, unnoticed: 1 },
    ],
    explained: [
      "- src/a.ts: In `x ?? ''`: `''` → `\"Stryker was here!\"`. Either is blank.",
      '- src/a.ts: In `if (x)`: `x` → `true`. It is always true.',
      '- src/gone.ts: In `y`: `y` → `z`. No matter.',
    ],
    gaps: ['- src/b.ts: In `b`: `b` → `c`'],
  },
  '9.9.9',
);

function mutant(status: string, replacement: string, column: number, end: number) {
  return { status, replacement, location: { start: { line: 1, column }, end: { line: 1, column: end } } };
}

describe('Figures of mutants', () => {
  const source = "return x ?? '' ;";
  const files = {
    'src/a.ts': {
      source,
      mutants: [
        mutant('Killed', '', 1, 7),
        mutant('Survived', '"Stryker was here!"', 13, 15),
        mutant('NoCoverage', 'y', 8, 9),
        mutant('Timeout', 'z', 8, 9),
        mutant('Ignored', 'w', 8, 9),
      ],
    },
  };
  const merged = mergeFigures(parseFigures(former), files, (file) => file !== 'src/gone.ts');

  it('Figures are the same after they are parsed and written again', () => {
    expect(formatFigures(parseFigures(former), '9.9.9')).toBe(former);
  });

  it('Figures of measured files replace the former ones, and those of removed files are left out', () => {
    expect(merged.rows).toEqual([
      { file: 'src/a.ts', noticed: 2, unnoticed: 2 },
      { file: 'src/b.ts', noticed: 5, unnoticed: 0 },
    ]);
  });

  it('The reason of a mutant is kept only if the mutant still exists', () => {
    expect(merged.explained).toEqual(["- src/a.ts: In `x ?? ''`: `''` → `\"Stryker was here!\"`. Either is blank."]);
  });

  it('A mutant without a reason is a gap, as are the gaps of files that were not measured', () => {
    expect(merged.gaps).toEqual(["- src/a.ts: In `return x ?? '' ;`: `x` → `y`", '- src/b.ts: In `b`: `b` → `c`']);
  });
});
