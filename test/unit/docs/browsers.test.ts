import { expect, it } from 'vitest';
import { readText, sectionOf } from './markdown.js';

const NAMES: Readonly<Record<string, string>> = { chrome: 'Chrome', edge: 'Edge', firefox: 'Firefox', safari: 'Safari', ios_saf: 'iOS' };

it('The documentation names each browser of browserslist in package.json and its oldest version', () => {
  const { browserslist } = JSON.parse(readText('package.json')) as { readonly browserslist: readonly string[] };
  const section = sectionOf('browsers', 'Browsers');
  expect(browserslist.length).toBeGreaterThan(0);
  for (const entry of browserslist) {
    const [, browser = '', version = ''] = /^(\w+) >= (\d+)$/.exec(entry) ?? [];
    // "Chrome and Edge from 103": a version belongs to all names before it.
    expect(section.replace(/\s+/g, ' ')).toMatch(
      new RegExp(`${NAMES[browser]}\\b[^\\d.]* ${version}\\b|from ${version},[^\\d.]* on ${NAMES[browser]}\\b`),
    );
  }
});
