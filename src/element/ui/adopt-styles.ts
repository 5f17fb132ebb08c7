import { adoptStyles as adoptByLit, type CSSResultOrNative } from 'lit';

/** Adds styles that are loaded after the element. Adds each only once. */
export function adoptStyles(root: HTMLElement | DocumentFragment, styles: CSSResultOrNative): void {
  const sheet = styles instanceof CSSStyleSheet ? styles : styles.styleSheet;
  if (sheet === undefined) return addStyleElement(root as ShadowRoot, styles);
  addSheet(root as ShadowRoot, sheet);
}

/** Lit creates `CSSStyleSheet`s only in browsers that can adopt them. */
function addSheet(root: ShadowRoot, sheet: CSSStyleSheet): void {
  /* eslint-disable browsers/supported-apis */
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  /* eslint-enable browsers/supported-apis */
}

/** Safari before 16.4 has no `adoptedStyleSheets`. */
function addStyleElement(root: ShadowRoot, styles: CSSResultOrNative): void {
  const { cssText } = styles as { readonly cssText: string };
  if (![...root.querySelectorAll('style')].some(({ textContent }) => textContent === cssText)) adoptByLit(root, [styles]);
}
