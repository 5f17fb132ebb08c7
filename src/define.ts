/** Registers `<coze-chat>`, unless the page already has one. */
import { defineCozeChat } from './define-element.js';

export { CozeChatElement } from './element/coze-chat-element.js';

defineCozeChat();
