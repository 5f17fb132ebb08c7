/** Styles that come with code that comes later: the frame's one style sheet is what a visitor waits for. */
import { FRAME_CHUNK_ATTRIBUTE } from '../contract.js';

export function addStyles(css: string): void {
  if ('adoptedStyleSheets' in document) {
    /* eslint-disable browsers/supported-apis */
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    /* eslint-enable browsers/supported-apis */
    return;
  }
  // Safari before 16.4.
  const style = (document as Document).createElement('style');
  style.nonce = (document as Document).querySelector<HTMLLinkElement>(`link[${FRAME_CHUNK_ATTRIBUTE}]`)?.nonce ?? '';
  style.textContent = css;
  (document as Document).head.append(style);
}
