/** Adds the styles of a chunk. They are not in the frame's style sheet, which delays the first render. */
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
