/** Registers `<coze-chat>`, unless the page already has one. What bundlers get; pages load `define-script.ts`. */
import { defineCozeChat } from './define-element.js';

export { CozeChatElement } from './element/coze-chat-element.js';

defineCozeChat();
