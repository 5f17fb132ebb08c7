/** The element's class, events, error codes and types. Importing it registers nothing; `./define` and `defineCozeChat()` do. */
export { CozeChatError } from './chat-error.js';
export { defineCozeChat, type DefineOptions } from './define-element.js';
export type { ChatLoading, ChatPlacement, ChatTheme } from './element/choices.js';
export type { ChatMode } from './element/mode.js';
export { CozeChatElement } from './element/coze-chat-element.js';
export * from './element/shell-events.js';
export { ErrorCode, type Problem } from './errors.js';
export * from './events.js';
export type * from './frame/chat-options.js';
export { type ChatMessage, type ChatTask, type RequiredAction, type ToolCall } from './frame/contract.js';
export { type ChatStrings } from './locales/en.js';
export { type SessionStatus } from './session/state.js';
export { type GetToken, type TokenRequestContext, type TokenResponse } from './token/requester.js';
export { TokenReason, type TokenErrorBody, type TokenRequestBody, type TokenResponseBody } from './token/wire.js';
