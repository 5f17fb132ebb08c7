/** Selects the sentences for a visitor whose chat cannot be used, and whether they can retry. `coze-error` informs the page's author. */
import { ErrorCode, type Problem } from '../../core/errors.js';
import type { ChatStrings } from '../../locales/translations/en.js';

export interface StatusMessage {
  readonly title: string;
  readonly text: string;
  /** Only for an invalid configuration: then the reader is most likely the page's author. */
  readonly detail?: string;
  readonly canRetry: boolean;
}

/** Codes that a missing network may cause. */
const NETWORK_CODES: ReadonlySet<ErrorCode> = new Set([
  ErrorCode.TokenEndpointUnavailable,
  ErrorCode.FrameUnavailable,
  ErrorCode.ChatFailed,
]);

type MessageSubject = 'unavailable' | 'quota' | 'rateLimited' | 'forbidden' | 'outdated' | 'cookies' | 'signedOut';

/** Codes with strings of their own. For all others, the visitor reads that the chat cannot be reached. */
const SUBJECTS: Readonly<Partial<Record<ErrorCode, MessageSubject>>> = {
  [ErrorCode.BotUnavailable]: 'unavailable',
  [ErrorCode.QuotaExceeded]: 'quota',
  [ErrorCode.RateLimited]: 'rateLimited',
  [ErrorCode.Forbidden]: 'forbidden',
  [ErrorCode.IdentityMismatch]: 'outdated',
  [ErrorCode.CookiesBlocked]: 'cookies',
  [ErrorCode.SignedOut]: 'signedOut',
};

export function signedOutMessage({ signedOutTitle, signedOutText }: ChatStrings): StatusMessage {
  return { title: signedOutTitle, text: signedOutText, canRetry: false };
}

export function offlineMessage({ offlineTitle, offlineText }: ChatStrings): StatusMessage {
  return { title: offlineTitle, text: offlineText, canRetry: false };
}

export function failedMessage(
  { code, message, fault, retryable: canRetry }: Problem,
  strings: ChatStrings,
  isOffline: boolean,
): StatusMessage {
  if (isOffline && NETWORK_CODES.has(code)) return offlineMessage(strings);
  const { misconfiguredTitle, misconfiguredAdvice, misconfiguredText } = strings;
  // The cause is neither the visitor's account nor their connection.
  if (fault === 'site' || (fault === undefined && code === ErrorCode.TokenEndpointMisconfigured))
    return { title: misconfiguredTitle, text: misconfiguredAdvice, canRetry };
  const subject = fault === 'service' ? 'unavailable' : SUBJECTS[code];
  // A retry before the time that the server has named would prolong the limit.
  if (subject !== undefined)
    return { title: strings[`${subject}Title`], text: strings[`${subject}Text`], canRetry: canRetry && subject !== 'rateLimited' };
  return code === ErrorCode.InvalidConfiguration
    ? { title: misconfiguredTitle, text: misconfiguredText, detail: message, canRetry }
    : { title: strings.unreachable, text: strings.unreachableText, canRetry };
}
