/** Registration of the element, under its own name or another. */
import { CozeChatElement } from './element/coze-chat-element.js';

export interface DefineOptions {
  /** @default 'coze-chat' */
  readonly tagName?: string;
  /** @default the page's own */
  readonly registry?: CustomElementRegistry;
}

/** Registers the element, unless the name is taken. */
export function defineCozeChat({ tagName = 'coze-chat', registry = customElements }: DefineOptions = {}): void {
  if (registry.get(tagName) !== undefined) return;
  // A registry takes a class only once, so another name is a class of its own.
  registry.define(tagName, tagName === 'coze-chat' ? CozeChatElement : class extends CozeChatElement {});
}
