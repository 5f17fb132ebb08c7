/** Loads the strings of a language. Each language has its own file, which is loaded when it is needed; English is always available. */
import { isBlank } from '../core/values/blank.js';
import type { Language } from './language.js';
import { type ChatStrings, strings as english } from './translations/en.js';

const files: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ readonly strings: ChatStrings }>>> = {
  'zh-CN': () => import('./translations/zh-CN.js'),
  'zh-TW': () => import('./translations/zh-TW.js'),
  ja: () => import('./translations/ja.js'),
  ko: () => import('./translations/ko.js'),
  es: () => import('./translations/es.js'),
  fr: () => import('./translations/fr.js'),
  de: () => import('./translations/de.js'),
  'pt-BR': () => import('./translations/pt-BR.js'),
  ru: () => import('./translations/ru.js'),
  ar: () => import('./translations/ar.js'),
};

/** Never rejects: a chat in English is better than none. */
export function loadStrings(language: Language): Promise<ChatStrings> {
  if (language === 'en') return Promise.resolve(english);
  return files[language]().then(
    ({ strings }) => strings,
    () => english,
  );
}

/** Returns the error in a host's own strings, as the end of a sentence that begins with the option's name; `undefined` if there is none. */
export function validateCustomStrings(own: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, text] of Object.entries(own)) {
    if (!Object.hasOwn(english, name)) return `has no text called ${name}`;
    if (typeof text !== 'string' || isBlank(text)) return `needs words for ${name}`;
    const missing = placeholdersIn(english[name as keyof ChatStrings]).find((placeholder) => !text.includes(placeholder));
    if (missing !== undefined) return `needs ${missing} in ${name}`;
  }
  return undefined;
}

/** Returns placeholders such as `{count}`. */
export const placeholdersIn = (text: string): readonly string[] => text.match(/\{\w+\}/g) ?? [];
