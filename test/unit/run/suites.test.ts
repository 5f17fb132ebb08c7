import { describe, expect, it } from 'vitest';
import { selectSuites, SUITES } from '../../run/suites.mjs';

const namesOf = (suites: readonly { readonly name: string }[]): readonly string[] => suites.map(({ name }) => name);

describe('Suites of npm test', () => {
  it('All suites are selected if none is named', () => {
    expect(selectSuites([])).toEqual(SUITES);
  });

  it('Named suites are selected with those that they need, in the order in which they can run', () => {
    expect(namesOf(selectSuites(['e2e', 'unit']))).toEqual(['install', 'build', 'unit', 'e2e']);
  });

  it('Suites with the same name before the colon are selected together', () => {
    const chosen = namesOf(selectSuites(['check']));
    expect(chosen).toEqual(expect.arrayContaining(['check:lint', 'check:types', 'check:format', 'check:imports', 'check:size']));
    expect(chosen).not.toContain('unit');
  });

  it('An unknown suite is an error that lists the existing ones', () => {
    expect(() => selectSuites(['unit', 'unti'])).toThrow(/no suite unti, only install, build, .*unit/);
  });

  it('Suites need only suites that come before them', () => {
    for (const [index, { needs }] of SUITES.entries()) expect(namesOf(SUITES.slice(0, index))).toEqual(expect.arrayContaining([...needs]));
  });
});
