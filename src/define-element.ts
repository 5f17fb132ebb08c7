/** Registers the element, under its own name or another. */
import { isSupportedBrowser } from './browser-support.js';
import { CozeChatElement } from './element/coze-chat-element.js';

/** Options of {@link defineCozeChat}. */
export interface DefineOptions {
  /**
   * Tag name of the element, with a hyphen.
   *
   * @default 'coze-chat'
   */
  readonly tagName?: string;
  /**
   * Registry that gets the element: a scoped registry, or that of another window.
   *
   * @default customElements
   */
  readonly registry?: CustomElementRegistry;
}

/** Registers the element, unless the name is taken. In a browser that is too old, registers an element that shows its slot `unsupported`. */
export function defineCozeChat({ tagName = 'coze-chat', registry = customElements }: DefineOptions = {}): void {
  if (registry.get(tagName) !== undefined) return;
  if (!isSupportedBrowser()) return void import('./unsupported-chat.js').then((chat) => chat.defineUnsupportedChat(tagName, registry));
  // A registry accepts a class only once, so that another name needs a class of its own.
  registry.define(tagName, tagName === 'coze-chat' ? CozeChatElement : class extends CozeChatElement {});
}
