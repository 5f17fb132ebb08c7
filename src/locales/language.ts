/** The supported languages, and the choice of a visitor's language. */

/** Of several languages with the same primary subtag, the first is the default. */
export const languages = ['en', 'zh-CN', 'zh-TW', 'ja', 'ko', 'es', 'fr', 'de', 'pt-BR', 'ru', 'ar'] as const;
export type Language = (typeof languages)[number];

/** Scripts and regions of traditional Chinese. */
const traditional: readonly string[] = ['hant', 'tw', 'hk', 'mo'];

/** Returns the language for a BCP 47 tag, by its primary language (RFC 4647 section 3.4), for Chinese by its script; English if none fits. */
export function toLanguage(tag: string): Language {
  const [primary, ...subtags] = tag.toLowerCase().split(/[-_]/);
  if (primary === 'zh' && !subtags.includes('hans') && subtags.some((subtag) => traditional.includes(subtag))) return 'zh-TW';
  return languages.find((language) => language.split('-')[0] === primary) ?? 'en';
}

export function getDirection(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}
