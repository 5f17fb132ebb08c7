/** Registers `<coze-chat>`, unless the page already has it. For bundlers; pages load `define-script.ts`. */
import { defineCozeChat } from './define-element.js';

export { CozeChatElement } from './element/coze-chat-element.js';

defineCozeChat();
