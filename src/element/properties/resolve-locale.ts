/** Chooses the language of a chat. */

/** Returns the `locale` property if it is text, otherwise the nearest `lang`, across shadow roots, otherwise the browser's language. */
export function resolveLocale(element: Element, locale: unknown): string {
  return (typeof locale === 'string' && locale) || inheritedLang(element) || element.ownerDocument.defaultView?.navigator.language || 'en';
}

function inheritedLang(element: Element): string | null | undefined {
  const holder = element.closest('[lang]:not([lang=""])');
  const { host } = element.getRootNode() as Partial<ShadowRoot>;
  return holder === null ? host && inheritedLang(host) : holder.getAttribute('lang');
}
