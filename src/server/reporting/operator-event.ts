/**
 * Events for the operator of an endpoint. They contain words from closed vocabularies, numbers, a request id and the beginning of a digest. They
 * never contain a token, an assertion, a key, a cookie, a user id, or free text from Coze or the browser. The only exception is the origin of a
 * refused page, as normalised by the URL parser.
 */
import type { TokenEndpointError } from '../../token/protocol.js';
import { findAdvice } from './advice.js';
import type { RefusalReason, UpstreamTrace } from './endpoint-error.js';

/** Codes of {@link WarningEvent}. */
export const EndpointWarning = {
  /** `trustClientIdentity` is set: anybody who can reach the endpoint can read anybody's chat. */
  ClientIdentityTrusted: 'client_identity_trusted',
  /** Coze refused the first key and accepted the other one: finish the rotation. */
  FallbackKeyUsed: 'fallback_key_used',
  /** The clock of this host is wrong. Assertions now use the time of Coze's clock. */
  ClockCorrected: 'clock_corrected',
  /** The store that counts requests for several instances fails. */
  RateLimitStoreFailed: 'rate_limit_store_failed',
  /** The store of Coze's tokens that several gateways share fails. */
  TokenStoreFailed: 'token_store_failed',
  /** `clientAddress` does not return one address, so addresses are not counted. */
  ClientAddressInvalid: 'client_address_invalid',
  /** Each browser without a cookie becomes a new anonymous visitor. Without `clientAddress`, an address that requests many of them is not limited. */
  ClientAddressMissing: 'client_address_missing',
  /** There are more new visitors than `rateLimit.newVisitors` allows, and some have to wait. */
  NewVisitorsLimited: 'new_visitors_limited',
  /** A page was refused for its origin; one warning for each origin, twenty at most. */
  OriginRefused: 'origin_refused',
  /** A page's `user-id` is not the id that `identify` returns. */
  UserIdMismatch: 'user_id_mismatch',
  /** On this machine, `identify` found nobody: the log-in may not reach the endpoint. */
  NobodySignedIn: 'nobody_signed_in',
  /** Something before the endpoint, such as a body parser, has read the body, so the page's `user-id` cannot be compared. */
  BodyLost: 'body_lost',
  /** A page on plain http received a cookie with `Secure`, which the browser drops. */
  CookieNotKept: 'cookie_not_kept',
  /** `createCozeChat` received a request that is not below its path. */
  PathUnknown: 'path_unknown',
  /** `createCozeChat` does not find the files of the package. */
  FilesUnavailable: 'files_unavailable',
  /** A file of the package differs from the built one, and was not served. */
  FileChanged: 'file_changed',
} as const;
/** One of the codes. */
export type EndpointWarning = (typeof EndpointWarning)[keyof typeof EndpointWarning];

/** Of a request for which `now` or `randomBytes` of the host has failed. */
export const NO_REQUEST_ID = '0'.repeat(32);

/** A visitor got a token. */
export interface TokenIssuedEvent {
  /** The kind of the event. */
  readonly type: 'token_issued';
  /** 32 hexadecimal digits, new for each request. */
  readonly requestId: string;
  /** First 12 characters of the response's `subject`: enough to follow one visitor in a log, and useless for anything else. */
  readonly subject: string;
  /** Remaining lifetime of the token. */
  readonly expiresInSeconds: number;
  /** From the arrival of the request to its response, by the clock of `now`. */
  readonly durationMs: number;
}

/** A visitor's chat asked for its `subject` and received it. No token was exchanged. */
export interface SubjectVerifiedEvent {
  /** The kind of the event. */
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
  /** The kind of the event. */
  readonly type: 'request_refused';
  /** 32 hexadecimal digits, new for each request; `request_id` of the response. */
  readonly requestId: string;
  /** HTTP status of the response. */
  readonly status: number;
  /** `error` of the response. */
  readonly error: TokenEndpointError;
  /** The precise reason, which is not in the response. */
  readonly reason: RefusalReason;
  /** A word of `a`-`z` and `_` that narrows the reason down, such as `timeout`, `type_error` or `id_blank`. */
  readonly detail?: string;
  /** Where `identify` threw: name of the file and number of the line, such as `server.mjs:12`. Never the error's message. */
  readonly at?: string;
  /** Coze's response, if there was a request to Coze. */
  readonly upstream?: UpstreamTrace;
  /** First 12 characters of the visitor's `subject`, if it was known. */
  readonly subject?: string;
  /** From the arrival of the request to its response, by the clock of `now`. */
  readonly durationMs: number;
}

/** Something that the operator should check. The endpoint continues to work. */
export interface WarningEvent {
  /** The kind of the event. */
  readonly type: 'warning';
  /** The cause of the warning. */
  readonly code: EndpointWarning;
  /** A sentence for the operator. */
  readonly message: string;
}

/** How an answer that went through the gateway ended. */
export type TurnOutcome =
  | 'completed'
  /** Coze ended it with an error. */
  | 'failed'
  /** The connection to Coze was interrupted, or Coze sent nothing more. */
  | 'interrupted'
  /** It took longer, or became larger, than the gateway allows. */
  | 'limited'
  /** The visitor left, or stopped it. */
  | 'stopped'
  /** `onMessage` refused the message. */
  | 'refused';

/** An answer passed through the gateway. The event contains no text of the visitor or the bot: `onReply` receives the text. */
export interface TurnEndedEvent {
  /** The kind of the event. */
  readonly type: 'turn_ended';
  /** 32 hexadecimal digits, new for each request. */
  readonly requestId: string;
  /** First 12 characters of the visitor's `subject`. */
  readonly subject: string;
  /** How the answer ended. */
  readonly outcome: TurnOutcome;
  /** Length of the visitor's message. */
  readonly questionCharacters: number;
  /** Number of files in the message. */
  readonly files: number;
  /** Length of the completed answers. */
  readonly answerCharacters: number;
  /** From the arrival of the request to the first event of the answer, if there was one. */
  readonly firstEventMs?: number;
  /** From the arrival of the request to the end of the answer, by the clock of `now`. */
  readonly durationMs: number;
}

/** A call of the chat was refused or failed. */
export interface CallRefusedEvent {
  /** The kind of the event. */
  readonly type: 'call_refused';
  /** 32 hexadecimal digits, new for each request. */
  readonly requestId: string;
  /** Name of the endpoint in the gateway's list, or `unknown`. */
  readonly endpoint: string;
  /** HTTP status of the response. */
  readonly status: number;
  /** `code` of the response. */
  readonly code: number;
  /** The precise reason, a word of `a`-`z` and `_`. */
  readonly reason: string;
  /** A word that narrows the reason down. */
  readonly detail?: string;
  /** Coze's response, if there was a request to Coze. */
  readonly upstream?: UpstreamTrace;
  /** First 12 characters of the visitor's `subject`, if it was known. */
  readonly subject?: string;
  /** From the arrival of the request to its response, by the clock of `now`. */
  readonly durationMs: number;
}

/** The argument of `onEvent`. Only the gateway reports the last two. */
export type OperatorEvent =
  TokenIssuedEvent | SubjectVerifiedEvent | RequestRefusedEvent | WarningEvent | TurnEndedEvent | CallRefusedEvent;

const SUBJECT_PREFIX_LENGTH = 12;

/** Returns what an event says of a subject. A log must not have the whole: the browser knows visitors by it. */
export function toSubjectPrefix(subject: string): string {
  return subject.slice(0, SUBJECT_PREFIX_LENGTH);
}

/** The default `onEvent`: writes warnings and responses of 500 and above to the console, and ignores other events. */
export function logToConsole(event: OperatorEvent): void {
  if (event.type === 'warning') console.warn(`[coze-chat-embed] ${event.code}: ${event.message}`);
  if ((event.type !== 'request_refused' && event.type !== 'call_refused') || event.status < 500) return;
  const advice = findAdvice(event);
  console.error('[coze-chat-embed]', JSON.stringify(event), ...(advice === undefined ? [] : [advice]));
}

/** Calls `onEvent` so that an error in it does not break a visitor's chat. */
export function safeReporter(onEvent: (event: OperatorEvent) => void): (event: OperatorEvent) => void {
  // Asynchronous, so that a rejected promise of `onEvent` is caught as well.
  async function emit(event: OperatorEvent): Promise<void> {
    return onEvent(event);
  }
  return (event) => void emit(event).catch(() => undefined);
}
