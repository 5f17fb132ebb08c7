/** Chooses the language of a chat. */

/** The `locale` property if it is text, else the nearest `lang`, across shadow roots, else the browser's language. */
export function resolveLocale(element: Element, locale: unknown): string {
  return (typeof locale === 'string' && locale) || inheritedLang(element) || element.ownerDocument.defaultView?.navigator.language || 'en';
}

function inheritedLang(element: Element): string | null | undefined {
  const holder = element.closest('[lang]:not([lang=""])');
  const { host } = element.getRootNode() as Partial<ShadowRoot>;
  return holder === null ? host && inheritedLang(host) : holder.getAttribute('lang');
}
