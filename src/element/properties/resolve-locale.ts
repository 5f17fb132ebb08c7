/** Chooses the language of a chat. */

/** The `locale` attribute, else the nearest `lang`, across shadow roots, else the browser's language. */
export function resolveLocale(element: Element, locale: string): string {
  return locale || inheritedLang(element) || element.ownerDocument.defaultView?.navigator.language || 'en';
}

function inheritedLang(element: Element): string | null | undefined {
  const holder = element.closest('[lang]:not([lang=""])');
  const { host } = element.getRootNode() as Partial<ShadowRoot>;
  return holder === null ? host && inheritedLang(host) : holder.getAttribute('lang');
}
