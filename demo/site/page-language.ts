/** In which of its languages a page of this site is shown. */

export const PAGE_LANGUAGES = ['en', 'zh-CN'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

/** What each calls itself. */
export const LANGUAGE_TITLES: Readonly<Record<PageLanguage, string>> = { en: 'English', 'zh-CN': '简体中文' };

const PARAMETER = 'lang';

/** What the address says, else what the browser prefers. */
export function choosePageLanguage(search: string, preferred: string): PageLanguage {
  const chosen = new URLSearchParams(search).get(PARAMETER);
  const isKnown = (tag: string | null): tag is PageLanguage => PAGE_LANGUAGES.some((language) => language === tag);
  if (isKnown(chosen)) return chosen;
  return /^zh\b/i.test(preferred) ? 'zh-CN' : 'en';
}

/** The same address in the other language. */
export function withPageLanguage(address: string, language: PageLanguage): string {
  const url = new URL(address);
  url.searchParams.set(PARAMETER, language);
  return url.href;
}
