/** Registers `<coze-chat>`, unless the page already has one. */
import { CozeChatElement } from './element/coze-chat-element.js';

if (customElements.get('coze-chat') === undefined) customElements.define('coze-chat', CozeChatElement);

export { CozeChatElement };
