/** The element's class, events, error codes and types. Importing it registers nothing; `./define` does. */
export { CozeChatElement, type ChatMode, type ChatPlacement } from './element/coze-chat-element.js';
export { ErrorCode, type Problem } from './errors.js';
export * from './events.js';
export { type ChatMessage } from './frame/contract.js';
export { type SessionStatus } from './session/state.js';
export { type GetToken, type TokenRequestContext, type TokenResponse } from './token/requester.js';
export { TokenReason, type TokenErrorBody, type TokenRequestBody, type TokenResponseBody } from './token/wire.js';
