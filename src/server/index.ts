/**
 * `coze-chat-embed/server`: gives each visitor a token for their own conversations only.
 * Web-standard `Request` and `Response`: Node, Workers, Deno, Bun.
 */
export {
  type SubjectResponseBody,
  TokenEndpointError,
  type TokenErrorBody,
  TokenReason,
  type TokenRequestBody,
  type TokenResponseBody,
} from '../token/protocol.js';
export { ServerConfigurationError } from './config/configuration-error.js';
export type { CozeApp, CozeKey, CozeOAuthApp, PemKey, RemoteKey } from './coze/oauth-app.js';
export { type CozeOAuthConfigOverrides, fromCozeOAuthConfig } from './coze/oauth-config.js';
export { type CozeChat, type CozeChatOptions, createCozeChat } from './coze-chat.js';
export type { SignBytes } from './crypto/signing-key.js';
export { type CozeGateway, createCozeGateway } from './gateway/coze-gateway.js';
export type { GatewayMessage, GatewayReply, MessageVerdict, OnMessage, OnReply } from './gateway/hooks.js';
export type { CozeGatewayOptions, StudioOptions, UploadOptions } from './gateway/options.js';
export type { GatewayLimits } from './gateway/quotas.js';
export type { TokenStore } from './gateway/upstream/token-store.js';
export type { GatewayApp } from './gateway/visitor.js';
export type { NodeRequest, NodeResponse } from './http/node-request.js';
export { anonymousVisitor, type AnonymousVisitorOptions } from './identity/anonymous-visitor.js';
export { firstIdentityOf } from './identity/first-identity.js';
export type { ClientClaims, Identify, Identity, IdentityAnswer, IdentityRefusal, VerifiedUser as ProvenUser } from './identity/identity.js';
export { type IdentityTokenOptions, verifyIdentityToken } from './identity/identity-token.js';
export type { SessionNameRule } from './identity/session-name.js';
export type { TokenEndpointOptions } from './options.js';
export type { LimitName, RateLimitOptions } from './rate-limit/rate-limit.js';
export type { RateLimitRule, RequestLimiter } from './rate-limit/request-limiter.js';
export type { RefusalReason, UpstreamTrace } from './reporting/endpoint-error.js';
export {
  type CallRefusedEvent,
  EndpointWarning,
  type OperatorEvent,
  type RequestRefusedEvent,
  type SubjectVerifiedEvent,
  type TokenIssuedEvent,
  type TurnEndedEvent,
  type TurnOutcome,
  type WarningEvent,
} from './reporting/operator-event.js';
export { createTokenEndpoint, type TokenEndpoint } from './token-endpoint.js';
