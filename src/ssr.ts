/**
 * The package's main entry and `/define` in Node and on edge runtimes, where pages are rendered ahead of time. Exports the same names, but no
 * element, and registers nothing. The page registers `<coze-chat>` when its own script runs in the browser.
 */
export { defineTools } from './config/page-tools.js';
export { CozeChatError } from './core/chat-error.js';
export { ErrorCode } from './core/errors.js';
export * from './element/events/chat-events.js';
export * from './element/events/panel-events.js';
export { TokenReason } from './token/protocol.js';

/** Only exists so that it can be imported: there is no `HTMLElement` to derive from. */
export class CozeChatElement {
  constructor() {
    throw new TypeError('<coze-chat> can only be made in a browser.');
  }
}

/** Does nothing, because there is no registry. */
export function defineCozeChat(): void {}
