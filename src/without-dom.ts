/**
 * What `import 'coze-chat-embed'` and `/define` find in Node and on edge runtimes, where pages are rendered ahead: the same names, no
 * element, nothing registered. The page registers `<coze-chat>` when its own script runs in the browser.
 */
export { CozeChatError } from './chat-error.js';
export { ErrorCode } from './errors.js';
export * from './events.js';
export * from './element/shell-events.js';
export { TokenReason } from './token/wire.js';

/** Only a name to import: there is no `HTMLElement` to derive from. */
export class CozeChatElement {
  constructor() {
    throw new TypeError('<coze-chat> can only be made in a browser.');
  }
}

/** There is no registry. */
export function defineCozeChat(): void {}
