/**
 * `coze-chat-embed/server`: gives each visitor a token for their own conversations only.
 * Web-standard `Request` and `Response`: Node 20, Workers, Deno, Bun.
 */
export { ServerConfigurationError } from './configuration-error.js';
export { TokenEndpointError, TokenReason, type TokenErrorBody, type TokenRequestBody, type TokenResponseBody } from '../token/wire.js';
export { anonymousVisitor, type AnonymousVisitorOptions } from './anonymous-visitor.js';
export { fromCozeOAuthConfig, type CozeOAuthConfigOverrides } from './coze-config.js';
export { firstIdentityOf } from './first-identity.js';
export { verifyIdentityToken, type IdentityTokenOptions } from './identity-token.js';
export type { ClientClaims, Identify, Identity, IdentityAnswer, IdentityRefusal, ProvenUser } from './identity.js';
export {
  EndpointWarning,
  type OperatorEvent,
  type RequestRefusedEvent,
  type TokenIssuedEvent,
  type WarningEvent,
} from './operator-event.js';
export type { CozeApp, CozeKey, CozeOAuthApp, PemKey, RemoteKey } from './oauth-app.js';
export type { TokenEndpointOptions } from './options.js';
export type { RateLimitOptions } from './rate-limit.js';
export type { RateLimitRule, RequestLimiter } from './request-limiter.js';
export type { RefusalReason, UpstreamTrace } from './refusal.js';
export type { SessionNameRule } from './session-name.js';
export type { SignBytes } from './signing-key.js';
export { createTokenEndpoint, type TokenEndpoint } from './token-endpoint.js';
