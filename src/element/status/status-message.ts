/** What to tell a visitor whose chat cannot be used, and what they can do about it. What the page's author should know is in `coze-error`. */
import { ErrorCode, type Problem } from '../../core/errors.js';
import type { ChatStrings } from '../../locales/translations/en.js';

export interface StatusMessage {
  readonly title: string;
  readonly text: string;
  /** Shown where the chat has never worked: then the reader is most likely the page's author. */
  readonly detail?: string;
  readonly canRetry: boolean;
}

/** What a missing network looks like from here. */
const NETWORK_CODES: ReadonlySet<ErrorCode> = new Set([
  ErrorCode.TokenEndpointUnavailable,
  ErrorCode.FrameUnavailable,
  ErrorCode.ChatFailed,
]);

export function signedOutMessage({ signedOutTitle, signedOutText }: ChatStrings): StatusMessage {
  return { title: signedOutTitle, text: signedOutText, canRetry: false };
}

export function offlineMessage({ offlineTitle, offlineText }: ChatStrings): StatusMessage {
  return { title: offlineTitle, text: offlineText, canRetry: false };
}

export function failedMessage({ code, message, retryable: canRetry }: Problem, strings: ChatStrings, isOffline: boolean): StatusMessage {
  if (isOffline && NETWORK_CODES.has(code)) return offlineMessage(strings);
  switch (code) {
    case ErrorCode.InvalidConfiguration:
      return { title: strings.misconfiguredTitle, text: strings.misconfiguredText, detail: message, canRetry };
    case ErrorCode.TokenEndpointMisconfigured:
      return { title: strings.misconfiguredTitle, text: strings.misconfiguredAdvice, canRetry };
    case ErrorCode.BotUnavailable:
      return { title: strings.unavailableTitle, text: strings.unavailableText, canRetry };
    case ErrorCode.QuotaExceeded:
      return { title: strings.quotaTitle, text: strings.quotaText, canRetry };
    case ErrorCode.RateLimited:
      // A retry before the time that the server named prolongs the limit.
      return { title: strings.rateLimitedTitle, text: strings.rateLimitedText, canRetry: false };
    case ErrorCode.Forbidden:
      return { title: strings.forbiddenTitle, text: strings.forbiddenText, canRetry };
    case ErrorCode.IdentityMismatch:
      return { title: strings.outdatedTitle, text: strings.outdatedText, canRetry };
    case ErrorCode.CookiesBlocked:
      return { title: strings.cookiesTitle, text: strings.cookiesText, canRetry };
    case ErrorCode.SignedOut:
      return { title: strings.signedOutTitle, text: strings.signedOutText, canRetry };
    case ErrorCode.TokenEndpointUnavailable:
    case ErrorCode.InvalidTokenResponse:
    case ErrorCode.TokenRejected:
    case ErrorCode.ChatFailed:
    case ErrorCode.Interrupted:
    case ErrorCode.UnsupportedBrowser:
    case ErrorCode.NotSent:
    case ErrorCode.FrameUnavailable:
      return { title: strings.unreachable, text: strings.unreachableText, canRetry };
  }
}
