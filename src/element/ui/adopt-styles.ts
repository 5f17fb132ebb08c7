import type { CSSResultOrNative } from 'lit';

/** Styles that come after the element, each once. */
export function adoptStyles(root: HTMLElement | DocumentFragment, styles: CSSResultOrNative): void {
  const sheet = styles instanceof CSSStyleSheet ? styles : styles.styleSheet;
  const { adoptedStyleSheets } = root as ShadowRoot;
  if (sheet && !adoptedStyleSheets.includes(sheet)) (root as ShadowRoot).adoptedStyleSheets = [...adoptedStyleSheets, sheet];
}
