/** Which language is wanted. */

/** The `locale` attribute, else the nearest `lang`, across shadow roots, else the browser's language. */
export function localeOf(element: Element, locale: string): string {
  return locale || inheritedLang(element) || element.ownerDocument.defaultView?.navigator.language || 'en';
}

function inheritedLang(element: Element): string | null {
  const holder = element.closest('[lang]:not([lang=""])');
  if (holder !== null) return holder.getAttribute('lang');
  const root = element.getRootNode();
  return 'host' in root ? inheritedLang((root as ShadowRoot).host) : null;
}
