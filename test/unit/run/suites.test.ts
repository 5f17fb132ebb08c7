import { describe, expect, it } from 'vitest';
import { selectSuites, SUITES } from '../../run/suites.mjs';

const namesOf = (suites: readonly { readonly name: string }[]): readonly string[] => suites.map(({ name }) => name);

describe('the suites of npm test', () => {
  it('are all of them where none is named', () => {
    expect(selectSuites([])).toEqual(SUITES);
  });

  it('come with what they need, in the order in which they can run', () => {
    expect(namesOf(selectSuites(['e2e', 'unit']))).toEqual(['install', 'build', 'unit', 'e2e']);
  });

  it('are chosen together by what their names have before the colon', () => {
    const chosen = namesOf(selectSuites(['check']));
    expect(chosen).toEqual(expect.arrayContaining(['check:lint', 'check:types', 'check:format', 'check:imports', 'check:size']));
    expect(chosen).not.toContain('unit');
  });

  it('are named to somebody who has asked for one that does not exist', () => {
    expect(() => selectSuites(['unit', 'unti'])).toThrow(/no suite unti, only install, build, .*unit/);
  });

  it('need only what comes before them', () => {
    for (const [index, { needs }] of SUITES.entries()) expect(namesOf(SUITES.slice(0, index))).toEqual(expect.arrayContaining([...needs]));
  });
});
