/**
 * What the endpoint tells its operator: words from closed vocabularies, numbers, a request id and the beginning of a digest.
 * Never a token, an assertion, a key, a cookie, a user id or anything that Coze or the browser wrote as free text.
 */
import type { TokenEndpointError } from '../../token/protocol.js';
import type { RefusalReason, UpstreamTrace } from './refusal.js';

/** Codes of {@link WarningEvent}. */
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
/** One of the codes. */
export type EndpointWarning = (typeof EndpointWarning)[keyof typeof EndpointWarning];

/** A visitor got a token. */
export interface TokenIssuedEvent {
  /** Tells the events apart. */
  readonly type: 'token_issued';
  /** Of this request alone. */
  readonly requestId: string;
  /** First characters of the answer's `subject`: enough to follow one visitor through a log, useless to anybody else. */
  readonly subject: string;
  /** How long the token is good for. */
  readonly expiresInSeconds: number;
  /** From the request to the answer. */
  readonly durationMs: number;
}

/** A request got an error. */
export interface RequestRefusedEvent {
  /** Tells the events apart. */
  readonly type: 'request_refused';
  /** As in the answer's `request_id`. */
  readonly requestId: string;
  /** HTTP status of the answer. */
  readonly status: number;
  /** What the browser was told. */
  readonly error: TokenEndpointError;
  /** What really happened. */
  readonly reason: RefusalReason;
  /** A word from a closed vocabulary that narrows the reason down, such as `empty` for an unusable id. */
  readonly detail?: string;
  /** What Coze answered, where it was Coze. */
  readonly upstream?: UpstreamTrace;
  /** First characters of the visitor's `subject`, as far as it was known. */
  readonly subject?: string;
  /** From the request to the answer. */
  readonly durationMs: number;
}

/** Something that the operator should see to; no request is at fault. */
export interface WarningEvent {
  /** Tells the events apart. */
  readonly type: 'warning';
  /** What it is about. */
  readonly code: EndpointWarning;
  /** A sentence for the operator. */
  readonly message: string;
}

/** What `onEvent` is told; `type` tells which it is. */
export type OperatorEvent = TokenIssuedEvent | RequestRefusedEvent | WarningEvent;

/** The default `onEvent`: what needs a person goes to the console, the rest stays quiet. */
export function logToConsole(event: OperatorEvent): void {
  if (event.type === 'warning') console.warn(`[coze-chat-embed] ${event.code}: ${event.message}`);
  if (event.type !== 'request_refused' || event.status < 500) return;
  const advice = event.reason === 'coze_rejected' ? ['"npx coze-chat-embed doctor --config FILE" finds out why.'] : [];
  console.error('[coze-chat-embed]', JSON.stringify(event), ...advice);
}
