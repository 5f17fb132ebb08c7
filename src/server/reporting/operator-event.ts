/**
 * What the endpoint reports to its operator: words from closed vocabularies, numbers, a request id and the beginning of a digest. Never a
 * token, an assertion, a key, a cookie, a user id or free text of Coze or the browser. The only exception is the origin of a page that was
 * refused, as normalised by the URL parser.
 */
import type { TokenEndpointError } from '../../token/protocol.js';
import { findAdvice } from './advice.js';
import type { RefusalReason, UpstreamTrace } from './endpoint-error.js';

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
  /** The store of Coze's tokens that several gateways share fails. */
  TokenStoreFailed: 'token_store_failed',
  /** `clientAddress` does not return one address, so addresses are not counted. */
  ClientAddressInvalid: 'client_address_invalid',
  /** Visitors are made up for whoever has no cookie, and without `clientAddress` nobody can say who asks for many of them. */
  ClientAddressMissing: 'client_address_missing',
  /** New visitors come faster than `rateLimit.newVisitors` allows, and are told to wait. */
  NewVisitorsLimited: 'new_visitors_limited',
  /** A page was refused for its origin; one warning for each origin, twenty at most. */
  OriginRefused: 'origin_refused',
  /** A page's `user-id` is not the id that `identify` returns. */
  UserIdMismatch: 'user_id_mismatch',
  /** On this machine, `identify` found nobody: the log-in may not reach the endpoint. */
  NobodySignedIn: 'nobody_signed_in',
  /** Something before the endpoint has read the body, so that what the page says of the visitor cannot be compared. */
  BodyLost: 'body_lost',
  /** A page on plain http was given a cookie that is `Secure`, which its browser drops. */
  CookieNotKept: 'cookie_not_kept',
  /** A request came to `createCozeChat` that is not below its path. */
  PathUnknown: 'path_unknown',
  /** There are no files of the package where `createCozeChat` looks for them. */
  FilesUnavailable: 'files_unavailable',
  /** A file of the package is not what was built, and was not served. */
  FileChanged: 'file_changed',
} as const;
/** One of the codes. */
export type EndpointWarning = (typeof EndpointWarning)[keyof typeof EndpointWarning];

/** A visitor got a token. */
export interface TokenIssuedEvent {
  /** Tells the events apart. */
  readonly type: 'token_issued';
  /** 32 hexadecimal digits, new for each request. */
  readonly requestId: string;
  /** First 12 characters of the response's `subject`: enough to follow one visitor through a log, useless to anybody else. */
  readonly subject: string;
  /** Rest of the token's lifetime. */
  readonly expiresInSeconds: number;
  /** From the arrival of the request to its response, by the clock of `now`. */
  readonly durationMs: number;
}

/** A visitor's chat asked whose it is, and heard; nothing was exchanged. */
export interface SubjectVerifiedEvent {
  /** Tells the events apart. */
  readonly type: 'subject_verified';
  /** 32 hexadecimal digits, new for each request. */
  readonly requestId: string;
  /** First 12 characters of the response's `subject`. */
  readonly subject: string;
  /** From the arrival of the request to its response, by the clock of `now`. */
  readonly durationMs: number;
}

/** A request got an error instead of a token. */
export interface RequestRefusedEvent {
  /** Tells the events apart. */
  readonly type: 'request_refused';
  /** 32 hexadecimal digits, new for each request; `request_id` of the response. */
  readonly requestId: string;
  /** HTTP status of the response. */
  readonly status: number;
  /** `error` of the response. */
  readonly error: TokenEndpointError;
  /** The precise reason, which the response does not hold. */
  readonly reason: RefusalReason;
  /** A word of `a`-`z` and `_` that narrows the reason down, such as `timeout`, `type_error` or `id_blank`. */
  readonly detail?: string;
  /** Where `identify` threw: name of the file and number of the line, such as `server.mjs:12`. Never the error's message. */
  readonly at?: string;
  /** What Coze responded, if the request came so far. */
  readonly upstream?: UpstreamTrace;
  /** First 12 characters of the visitor's `subject`, if the request came so far. */
  readonly subject?: string;
  /** From the arrival of the request to its response, by the clock of `now`. */
  readonly durationMs: number;
}

/** Something that the operator should look at; the endpoint goes on working. */
export interface WarningEvent {
  /** Tells the events apart. */
  readonly type: 'warning';
  /** What it is about. */
  readonly code: EndpointWarning;
  /** A sentence for the operator. */
  readonly message: string;
}

/** How an answer that went through the gateway ended. */
export type TurnOutcome =
  | 'completed'
  /** Coze ended it with an error. */
  | 'failed'
  /** The connection to Coze broke off, or nothing came any more. */
  | 'interrupted'
  /** It went on for longer, or became longer, than the gateway lets it. */
  | 'limited'
  /** The visitor went, or stopped it. */
  | 'stopped'
  /** `onMessage` refused the message. */
  | 'refused';

/** An answer went through the gateway. Nothing that anybody wrote is in it: `onReply` has that. */
export interface TurnEndedEvent {
  /** Tells the events apart. */
  readonly type: 'turn_ended';
  /** 32 hexadecimal digits, new for each request. */
  readonly requestId: string;
  /** First 12 characters of the visitor's `subject`. */
  readonly subject: string;
  /** How it ended. */
  readonly outcome: TurnOutcome;
  /** Length of what the visitor wrote. */
  readonly questionCharacters: number;
  /** How many files went with it. */
  readonly files: number;
  /** Length of the answers that came to their end. */
  readonly answerCharacters: number;
  /** From the arrival of the request to the first event, if one came. */
  readonly firstEventMs?: number;
  /** From the arrival of the request to the end of the answer, by the clock of `now`. */
  readonly durationMs: number;
}

/** A call of the chat was not answered as it asked. */
export interface CallRefusedEvent {
  /** Tells the events apart. */
  readonly type: 'call_refused';
  /** 32 hexadecimal digits, new for each request. */
  readonly requestId: string;
  /** Name of the endpoint in the gateway's list; `unknown` for what is not in it. */
  readonly endpoint: string;
  /** HTTP status of the response. */
  readonly status: number;
  /** `code` of the response. */
  readonly code: number;
  /** The precise reason, a word of `a`-`z` and `_`. */
  readonly reason: string;
  /** A word that narrows the reason down. */
  readonly detail?: string;
  /** What Coze responded, if the call came so far. */
  readonly upstream?: UpstreamTrace;
  /** First 12 characters of the visitor's `subject`, if the call came so far. */
  readonly subject?: string;
  /** From the arrival of the request to its response, by the clock of `now`. */
  readonly durationMs: number;
}

/** What `onEvent` is called with; the last two by the gateway alone. */
export type OperatorEvent =
  TokenIssuedEvent | SubjectVerifiedEvent | RequestRefusedEvent | WarningEvent | TurnEndedEvent | CallRefusedEvent;

/** The default `onEvent`: warnings and responses of 500 and above go to the console, other events nowhere. */
export function logToConsole(event: OperatorEvent): void {
  if (event.type === 'warning') console.warn(`[coze-chat-embed] ${event.code}: ${event.message}`);
  if ((event.type !== 'request_refused' && event.type !== 'call_refused') || event.status < 500) return;
  const advice = findAdvice(event);
  console.error('[coze-chat-embed]', JSON.stringify(event), ...(advice === undefined ? [] : [advice]));
}

/** Calls `onEvent` so that an error in it does not cost a visitor the chat. */
export function safeReporter(onEvent: (event: OperatorEvent) => void): (event: OperatorEvent) => void {
  // Asynchronous, so that a rejected promise of `onEvent` is caught as well.
  async function emit(event: OperatorEvent): Promise<void> {
    return onEvent(event);
  }
  return (event) => void emit(event).catch(() => undefined);
}
