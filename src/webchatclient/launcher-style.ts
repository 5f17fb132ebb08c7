/** On a chat whose launcher is not shown: the page opens it with a button of its own. */
export const WITHOUT_LAUNCHER = 'data-without-launcher';

const CSS_TEXT = `coze-chat[${WITHOUT_LAUNCHER}]::part(launcher){display:none}`;
const STYLED = Symbol.for(`coze-chat-embed:${WITHOUT_LAUNCHER}`);

/** Once for each document. By a sheet, which no policy forbids; by an element with the nonce where a document cannot adopt sheets (Safari until 16.4). */
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
