/** Which language our chrome speaks. */
import { type ChromeStrings, en } from './en.js';
import { zhCN } from './zh-CN.js';

/** BCP 47 lookup (RFC 4647 section 3.4) over the languages there are; English when none fits. */
export function chromeStrings(tag: string): ChromeStrings {
  return /^zh\b/i.test(tag) ? zhCN : en;
}

/** The `locale` attribute, else the nearest `lang`, else the browser's language. */
export function localeOf(element: Element, locale: string): string {
  if (locale !== '') return locale;
  const inherited = element.closest('[lang]:not([lang=""])')?.getAttribute('lang');
  return inherited ?? element.ownerDocument.defaultView?.navigator.language ?? 'en';
}
