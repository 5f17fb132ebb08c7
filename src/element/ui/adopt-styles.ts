import { adoptStyles as adoptByLit, type CSSResultOrNative } from 'lit';

/** Styles that come after the element, each once. */
export function adoptStyles(root: HTMLElement | DocumentFragment, styles: CSSResultOrNative): void {
  const sheet = styles instanceof CSSStyleSheet ? styles : styles.styleSheet;
  if (sheet === undefined) return addStyleElement(root as ShadowRoot, styles);
  const { adoptedStyleSheets } = root as ShadowRoot;
  if (!adoptedStyleSheets.includes(sheet)) (root as ShadowRoot).adoptedStyleSheets = [...adoptedStyleSheets, sheet];
}

/** Safari has sheets to adopt since 16.4. */
function addStyleElement(root: ShadowRoot, styles: CSSResultOrNative): void {
  const { cssText } = styles as { readonly cssText: string };
  if (![...root.querySelectorAll('style')].some(({ textContent }) => textContent === cssText)) adoptByLit(root, [styles]);
}
