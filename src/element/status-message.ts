/** What to tell a visitor whose chat cannot be used. */
import { ErrorCode, type Problem } from '../errors.js';
import type { ChatStrings } from '../locales/en.js';

export interface StatusMessage {
  readonly title: string;
  readonly text: string;
  /** For the page's author. */
  readonly detail?: string;
  readonly canRetry: boolean;
}

export function signedOutMessage({ signedOutTitle, signedOutText }: ChatStrings): StatusMessage {
  return { title: signedOutTitle, text: signedOutText, canRetry: false };
}

export function failedMessage({ code, message, retryable: canRetry }: Problem, texts: ChatStrings): StatusMessage {
  switch (code) {
    case ErrorCode.InvalidConfiguration:
    case ErrorCode.TokenEndpointMisconfigured:
      return { title: texts.misconfiguredTitle, text: texts.misconfiguredText, detail: message, canRetry };
    case ErrorCode.BotUnavailable:
      return { title: texts.unavailableTitle, text: texts.unavailableText, detail: message, canRetry };
    case ErrorCode.Forbidden:
      return { title: texts.forbiddenTitle, text: texts.forbiddenText, canRetry };
    case ErrorCode.SignedOut:
    case ErrorCode.IdentityMismatch:
      return { title: texts.signedOutTitle, text: texts.signedOutText, canRetry };
    case ErrorCode.TokenEndpointUnavailable:
    case ErrorCode.InvalidTokenResponse:
    case ErrorCode.TokenRejected:
    case ErrorCode.ChatFailed:
    case ErrorCode.Interrupted:
    case ErrorCode.FrameUnavailable:
      return { title: texts.unreachable, text: texts.unreachableText, canRetry };
  }
}
