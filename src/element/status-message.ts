/** What to tell a visitor whose chat cannot be used. */
import { ErrorCode, type Problem } from '../errors.js';
import { en, type StatusTexts } from './locales/en.js';
import { pickLanguage } from './locales/locale.js';
import { shellTexts } from './locales/shell.js';
import { zhCN } from './locales/zh-CN.js';

export interface StatusMessage {
  readonly title: string;
  readonly text: string;
  /** For the page's author. */
  readonly detail?: string;
  readonly canRetry: boolean;
}

export function signedOutMessage(locale: string): StatusMessage {
  const { signedOutTitle, signedOutText } = textsIn(locale);
  return { title: signedOutTitle, text: signedOutText, canRetry: false };
}

export function failedMessage({ code, message, retryable: canRetry }: Problem, locale: string): StatusMessage {
  const texts = textsIn(locale);
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
      return { title: shellTexts(locale).unreachable, text: texts.unreachableText, canRetry };
  }
}

function textsIn(locale: string): StatusTexts {
  return pickLanguage(locale, { en, zhCN });
}
