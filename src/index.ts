/** The element's class, events, error codes and types. Importing it registers nothing; `./define` and `defineCozeChat()` do. */
export type * from './config/chat-options.js';
export * from './config/page-tools.js';
export { CozeChatError } from './core/chat-error.js';
export { type ChatErrorDetails, ErrorCode, type Problem } from './core/errors.js';
export { defineCozeChat, type DefineOptions } from './define-element.js';
export { CozeChatElement } from './element/coze-chat-element.js';
export * from './element/events/chat-events.js';
export * from './element/events/panel-events.js';
export type { ChatLoading, ChatPlacement, ChatTheme } from './element/properties/enumerated.js';
export type { ChatMode } from './element/properties/mode.js';
export { type AnswerEnd, type AnswerStart, type ChatMessage, type ChatTask, type RequiredAction, type ToolCall } from './frame/contract.js';
export type {
  ChatConversation,
  ConversationDeletion,
  ConversationList,
  ConversationListOptions,
  DownloadFormat,
} from './frame/conversation-commands.js';
export { type ChatStrings } from './locales/translations/en.js';
export { type IdentityChangeCause, type SessionStatus } from './session/session-state.js';
export {
  type SubjectResponseBody,
  type TokenErrorBody,
  TokenReason,
  type TokenRequestBody,
  type TokenResponseBody,
} from './token/protocol.js';
export { type GetToken, type TokenRequestContext } from './token/request/token-requester.js';
export type * from './token/request/token-response-body.js';
