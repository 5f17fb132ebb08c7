/** Attribute of a chat without a launcher. The page opens it with a button of its own. */
export const WITHOUT_LAUNCHER = 'data-without-launcher';

const CSS_TEXT = `coze-chat[${WITHOUT_LAUNCHER}]::part(launcher){display:none}`;
const STYLED = Symbol.for(`coze-chat-embed:${WITHOUT_LAUNCHER}`);

/**
 * Hides the launchers, once for each document. Uses a style sheet object, which no CSP forbids. A document that cannot adopt one (Safari
 * before 16.4) gets a `<style>` element with the nonce.
 */
export function hideLauncher(document: Document, nonce: string): void {
  const styled = document as unknown as Record<symbol, true | undefined>;
  if (styled[STYLED]) return;
  styled[STYLED] = true;
  /* eslint-disable browsers/supported-apis -- asked for first */
  if (Array.isArray(document.adoptedStyleSheets)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS_TEXT);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return;
  }
  /* eslint-enable browsers/supported-apis */
  const style = document.createElement('style');
  if (nonce !== '') style.nonce = nonce;
  style.textContent = CSS_TEXT;
  document.head.append(style);
}
