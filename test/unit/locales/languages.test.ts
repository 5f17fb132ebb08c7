import { describe, expect, it } from 'vitest';
import { defaultStrings } from '../../../src/element/launcher/default-strings.js';
import { getLauncherStrings } from '../../../src/element/launcher/launcher-strings.js';
import { frameDocument } from '../../../src/frame/host/frame-document.js';
import { getDirection, type Language, languages, toLanguage } from '../../../src/locales/language.js';
import { loadStrings, placeholdersIn } from '../../../src/locales/strings.js';
import { type ChatStrings, strings as english } from '../../../src/locales/translations/en.js';

const names = Object.keys(english) as (keyof ChatStrings)[];

/** Strings that are the same as in English. */
const sameAsInEnglish: Readonly<Record<Language, readonly (keyof ChatStrings)[]>> = {
  en: names,
  'zh-CN': [],
  'zh-TW': [],
  ja: ['poweredBy'],
  ko: ['poweredBy'],
  es: ['chat'],
  fr: ['chat', 'assistant', 'sources', 'messages', 'code', 'conversationsTitle'],
  de: ['chat', 'code'],
  'pt-BR': ['chat'],
  ru: [],
  ar: [],
};

describe.each(languages)('Strings of %s', async (language) => {
  const strings = await loadStrings(language);

  it('A language has every string and no other, not blank and without surrounding space', () => {
    expect(Object.keys(strings)).toEqual(names);
    expect(names.filter((name) => strings[name].trim() === '' || strings[name] !== strings[name].trim())).toEqual([]);
  });

  it('A language has the placeholders of English', () => {
    const placeholders = (strings: ChatStrings) => names.map((name) => placeholdersIn(strings[name]).toSorted());
    expect(placeholders(strings)).toEqual(placeholders(english));
  });

  it('Every string is translated, except for those that are spelled the same', () => {
    expect(names.filter((name) => strings[name] === english[name])).toEqual(sameAsInEnglish[language]);
  });

  it('No string mentions tokens, APIs or status codes', () => {
    expect(Object.values(strings).join('\n')).not.toMatch(/token|\bPAT\b|\bAPI\b|\bSDK\b|40\d/i);
  });

  it('The launcher has the same strings as the file of its language', () => {
    const { openChat, chat, dismissTeaser } = getLauncherStrings(language);
    expect([openChat, chat, dismissTeaser]).toEqual([strings.openChat, strings.chat, strings.dismissTeaser]);
  });
});

it('The built-in strings of the element are those of the English file', async () => {
  expect(await loadStrings('en')).toMatchObject(defaultStrings);
});

/** Words of the other form of address. */
it.each([
  ['de', /\b(?:du|dich|dir|dein\w*)\b/i],
  ['fr', /(?<!\p{L})(?:tu|toi|ton|ta|tes)(?!\p{L})/iu],
  ['es', /\busted\b/i],
  ['ru', /(?<!\p{L})(?:ты|тебя|тебе|тво\p{L}+)(?!\p{L})/iu],
  ['zh-CN', /你/u],
  ['zh-TW', /你/u],
] as const)('In %s all strings address the visitor in the same form', async (language, otherForm) => {
  expect(Object.values(await loadStrings(language)).filter((text) => otherForm.test(text))).toEqual([]);
});

it('No two languages have the same strings', async () => {
  const all = await Promise.all(languages.map(loadStrings));
  expect(new Set(all.map((strings) => JSON.stringify(strings))).size).toBe(languages.length);
});

it.each([
  ['zh', 'zh-CN'],
  ['ZH-Hans-SG', 'zh-CN'],
  ['zh_CN', 'zh-CN'],
  ['zh-Hans-HK', 'zh-CN'],
  ['zh-Hant', 'zh-TW'],
  ['zh-hant-cn', 'zh-TW'],
  ['zh-HK', 'zh-TW'],
  ['zh-MO', 'zh-TW'],
  ['zh-TW', 'zh-TW'],
  ['ja-JP', 'ja'],
  ['ko', 'ko'],
  ['es-419', 'es'],
  ['fr-CA', 'fr'],
  ['de-u-co-phonebk', 'de'],
  ['pt', 'pt-BR'],
  ['pt-PT', 'pt-BR'],
  ['ru-UA', 'ru'],
  ['ar-EG', 'ar'],
  ['en-GB', 'en'],
  ['sw', 'en'],
  ['en-ZH', 'en'],
  ['zha', 'en'],
  ['', 'en'],
])('The locale %s gets the language %s', (tag, language) => {
  expect(toLanguage(tag)).toBe(language);
});

it('Only Arabic is written from right to left', () => {
  expect(languages.filter((language) => getDirection(language) === 'rtl')).toEqual(['ar']);
});

it('The document of the frame has a language and a direction', () => {
  const html = frameDocument({
    folder: 'https://site.example/frame/',
    nonce: undefined,
    apiBaseUrl: 'https://api.coze.cn',
    language: 'ar',
    pictures: '',
  });
  expect(html).toContain('<html lang="ar" dir="rtl">');
});
