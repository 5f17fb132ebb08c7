/** Registration of the element, under its own name or another. */
import { isSupportedBrowser } from './browser-support.js';
import { CozeChatElement } from './element/coze-chat-element.js';

/** How the element is registered. */
export interface DefineOptions {
  /**
   * Its tag, with a hyphen.
   *
   * @default 'coze-chat'
   */
  readonly tagName?: string;
  /**
   * Where it is registered: a scoped registry, or that of another window.
   *
   * @default customElements
   */
  readonly registry?: CustomElementRegistry;
}

/** Registers the element, unless the name is taken. In a browser that is too old, one that shows its slot `unsupported`. */
export function defineCozeChat({ tagName = 'coze-chat', registry = customElements }: DefineOptions = {}): void {
  if (registry.get(tagName) !== undefined) return;
  if (!isSupportedBrowser()) return void import('./unsupported-chat.js').then((chat) => chat.defineUnsupportedChat(tagName, registry));
  // A registry takes a class only once, so another name is a class of its own.
  registry.define(tagName, tagName === 'coze-chat' ? CozeChatElement : class extends CozeChatElement {});
}
