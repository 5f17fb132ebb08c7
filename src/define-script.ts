/**
 * `define.js`, which a page loads with `<script type="module">`. Checks the browser before it loads code that an older browser could not even
 * parse. Therefore imports only code that is built for older browsers, too. Bundlers use `define.ts`.
 */
import { isSupportedBrowser } from './browser-support.js';
import { loadElement } from './load-element.js';

if (isSupportedBrowser()) {
  // eslint-disable-next-line no-console -- the page's author looks here first
  loadElement(import.meta.url).catch((error: unknown) => console.warn(`[coze-chat] define.js: ${String(error)}`));
} else if (typeof customElements !== 'undefined') {
  void import('./unsupported-chat.js').then(({ defineUnsupportedChat }) => defineUnsupportedChat('coze-chat', customElements));
}
