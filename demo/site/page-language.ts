/** Chooses the language of a page. */

export const PAGE_LANGUAGES = ['en', 'zh-CN'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

/** Each language's own name. */
export const LANGUAGE_TITLES: Readonly<Record<PageLanguage, string>> = { en: 'English', 'zh-CN': '简体中文' };

const PARAMETER = 'lang';

/** The language in the URL, else the browser's preferred one. */
export function choosePageLanguage(search: string, preferred: string): PageLanguage {
  const chosen = new URLSearchParams(search).get(PARAMETER);
  const isKnown = (tag: string | null): tag is PageLanguage => PAGE_LANGUAGES.some((language) => language === tag);
  if (isKnown(chosen)) return chosen;
  return /^zh\b/i.test(preferred) ? 'zh-CN' : 'en';
}

/** The same URL in the other language. */
export function withPageLanguage(address: string, language: PageLanguage): string {
  const url = new URL(address);
  url.searchParams.set(PARAMETER, language);
  return url.href;
}
