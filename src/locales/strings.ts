/** The texts of a language, each in a file of its own that is loaded when it is wanted; English is always there. */
import { type ChatStrings, strings as english } from './en.js';
import type { Language } from './language.js';

const files: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ readonly strings: ChatStrings }>>> = {
  'zh-CN': () => import('./zh-CN.js'),
  'zh-TW': () => import('./zh-TW.js'),
  ja: () => import('./ja.js'),
  ko: () => import('./ko.js'),
  es: () => import('./es.js'),
  fr: () => import('./fr.js'),
  de: () => import('./de.js'),
  'pt-BR': () => import('./pt-BR.js'),
  ru: () => import('./ru.js'),
  ar: () => import('./ar.js'),
};

/** Never rejects: a chat in English is better than none. */
export function loadStrings(language: Language): Promise<ChatStrings> {
  if (language === 'en') return Promise.resolve(english);
  return files[language]().then(
    ({ strings }) => strings,
    () => english,
  );
}

/** What is wrong with a host's own strings, after their name; `undefined` when nothing is. */
export function objectionToStrings(own: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, text] of Object.entries(own)) {
    if (!Object.hasOwn(english, name)) return `has no text called ${name}`;
    if (typeof text !== 'string' || text.trim() === '') return `needs words for ${name}`;
    const missing = placeholdersIn(english[name as keyof ChatStrings]).find((placeholder) => !text.includes(placeholder));
    if (missing !== undefined) return `needs ${missing} in ${name}`;
  }
  return undefined;
}

/** Such as `{count}`. */
export const placeholdersIn = (text: string): readonly string[] => text.match(/\{\w+\}/g) ?? [];
