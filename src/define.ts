/** Registers `<coze-chat>`, unless the page already has one or there is no page. */
import { CozeChatElement } from './element/coze-chat-element.js';

const registry = globalThis.customElements as CustomElementRegistry | undefined;
if (registry !== undefined && registry.get('coze-chat') === undefined) registry.define('coze-chat', CozeChatElement);

export { CozeChatElement };
