/**
 * What the endpoint tells its operator: words from closed vocabularies, numbers, a request id and the beginning of a digest.
 * Never a token, an assertion, a key, a cookie, a user id or anything that Coze or the browser wrote as free text.
 */
import type { TokenEndpointError } from '../../token/protocol.js';
import type { RefusalReason, UpstreamTrace } from './endpoint-error.js';

export const EndpointWarning = {
  /** `trustClientIdentity` is on: whoever can reach the endpoint can read anybody's chat. */
  ClientIdentityTrusted: 'client_identity_trusted',
  /** Coze refused the first key and accepted the other one: finish the rotation. */
  FallbackKeyUsed: 'fallback_key_used',
  /** The clock of this host is off; assertions are now dated by Coze's. */
  ClockCorrected: 'clock_corrected',
  /** The store that counts requests for several instances fails. */
  RateLimitStoreFailed: 'rate_limit_store_failed',
} as const;
export type EndpointWarning = (typeof EndpointWarning)[keyof typeof EndpointWarning];

export interface TokenIssuedEvent {
  readonly type: 'token_issued';
  readonly requestId: string;
  /** First characters of the answer's `subject`: enough to follow one visitor through a log, useless to anybody else. */
  readonly subject: string;
  readonly expiresInSeconds: number;
  readonly durationMs: number;
}

export interface RequestRefusedEvent {
  readonly type: 'request_refused';
  readonly requestId: string;
  readonly status: number;
  /** What the browser was told. */
  readonly error: TokenEndpointError;
  /** What really happened. */
  readonly reason: RefusalReason;
  readonly detail?: string;
  readonly upstream?: UpstreamTrace;
  readonly subject?: string;
  readonly durationMs: number;
}

export interface WarningEvent {
  readonly type: 'warning';
  readonly code: EndpointWarning;
  /** A sentence for the operator. */
  readonly message: string;
}

export type OperatorEvent = TokenIssuedEvent | RequestRefusedEvent | WarningEvent;

/** The default `onEvent`: what needs a person goes to the console, the rest stays quiet. */
export function logToConsole(event: OperatorEvent): void {
  if (event.type === 'warning') console.warn(`[coze-chat-embed] ${event.code}: ${event.message}`);
  if (event.type !== 'request_refused' || event.status < 500) return;
  const advice = event.reason === 'coze_rejected' ? ['"npx coze-chat-embed doctor --config FILE" finds out why.'] : [];
  console.error('[coze-chat-embed]', JSON.stringify(event), ...advice);
}
