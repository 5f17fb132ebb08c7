/**
 * `define.js`: what a page's `<script type="module">` loads. Says whether the browser will do before it loads what an older one could not even
 * parse; for the same reason nothing is imported here that is not built for older browsers, too. Bundlers get `define.ts`.
 */
import { isSupportedBrowser } from './browser-support.js';
import { loadElement } from './load-element.js';

if (isSupportedBrowser()) {
  // eslint-disable-next-line no-console -- the page's author looks here first
  loadElement(import.meta.url).catch((error: unknown) => console.warn(`[coze-chat] define.js: ${String(error)}`));
} else if (typeof customElements !== 'undefined') {
  void import('./unsupported-chat.js').then(({ defineUnsupportedChat }) => defineUnsupportedChat('coze-chat', customElements));
}
