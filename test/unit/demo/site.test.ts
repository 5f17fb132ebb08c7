import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from '../../../demo/page/strings/en.js';
import { INITIAL_VALUES } from '../../../demo/page/strings/initial-values.js';
import { PREVIEW_STRINGS } from '../../../demo/page/strings/strings.js';
import { PLAYGROUND_STRINGS } from '../../../demo/playground/strings/strings.js';
import { toSegments } from '../../../demo/site/marked-text.js';
import { choosePageLanguage, withPageLanguage } from '../../../demo/site/page-language.js';
import { writeStrings } from '../../../demo/site/page-strings.js';

describe('Language of a page', () => {
  it.each([
    ['', 'zh-CN', 'zh-CN'],
    ['', 'zh-TW', 'zh-CN'],
    ['', 'en-GB', 'en'],
    ['', 'de', 'en'],
    ['?lang=zh-CN', 'en', 'zh-CN'],
    ['?lang=en', 'zh-CN', 'en'],
    ['?lang=<b>', 'zh-CN', 'zh-CN'],
  ])('An address with the query %j in a browser with the language %s selects %s', (search, preferred, language) => {
    expect(choosePageLanguage(search, preferred)).toBe(language);
  });

  it('An address with another language keeps the rest of its query and its fragment', () => {
    expect(withPageLanguage('http://localhost/playground/?a=1#mode=inline', 'zh-CN')).toBe(
      'http://localhost/playground/?a=1&lang=zh-CN#mode=inline',
    );
  });
});

const placeholders = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each([
  ['preview page', PREVIEW_STRINGS],
  ['playground', PLAYGROUND_STRINGS],
] as const)('Strings of the %s', (_, strings) => {
  it('Each string has the same placeholders in both languages', () => {
    const chinese: Readonly<Record<string, unknown>> = { ...strings['zh-CN'] };
    for (const [key, text] of Object.entries(strings.en)) {
      if (typeof text === 'string') expect([key, placeholders(String(chinese[key]))]).toEqual([key, placeholders(text)]);
    }
  });
});

it('A string’s markup is parsed as strong and code, and any other markup stays plain text', () => {
  expect(toSegments('**a** b `c` <d>')).toEqual([
    { kind: 'strong', text: 'a' },
    { kind: 'plain', text: ' b ' },
    { kind: 'code', text: 'c' },
    { kind: 'plain', text: ' <d>' },
  ]);
});

describe('Preview page as built', () => {
  const source = readFileSync(new URL('../../../index.html', import.meta.url), 'utf8');

  it('The preview page contains its strings in English before its script runs', () => {
    const page = writeStrings(source, en, INITIAL_VALUES);
    expect(page).toContain(`>${en.heroTitle}</h1>`);
    expect(page).toContain('Choose a token life of 15 s.');
    expect(page).not.toMatch(/data-text="\w+"[^>]*><\//);
  });

  it('A key without a string makes the build of the preview page fail', () => {
    const others = Object.fromEntries(Object.entries(en).filter(([key]) => key !== 'lead'));
    expect(() => writeStrings(source, others, INITIAL_VALUES)).toThrow('There is no string "lead".');
  });
});
