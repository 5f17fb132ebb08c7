/** What is shown instead of the chat while it cannot be used. */
import { html, nothing, type TemplateResult } from 'lit';
import { ErrorCode, type Problem } from '../errors.js';
import type { SessionStatus } from '../session/state.js';
import type { ChromeStrings } from './locales/en.js';

export interface StatusViewOptions {
  readonly status: SessionStatus;
  readonly problem: Problem | undefined;
  readonly strings: ChromeStrings;
  readonly onRetry: () => void;
}

/** `nothing` once the chat itself is there. */
export function statusView({ status, problem, strings, onRetry }: StatusViewOptions): TemplateResult | typeof nothing {
  switch (status) {
    case 'idle':
    case 'authorizing':
    case 'loading':
      return html`<div class="status" part="status"><slot name="loading">${loadingView(strings)}</slot></div>`;
    case 'signed-out':
      return html`<div class="status" part="status" role="status">
        <p class="title">${strings.signedOutTitle}</p>
        <p>${strings.signedOutText}</p>
      </div>`;
    case 'failed':
      return html`<div class="status" part="status" role="alert">
        <slot name="error">${problem === undefined ? nothing : failureView(problem, strings, onRetry)}</slot>
      </div>`;
    case 'ready':
    case 'refreshing':
      return nothing;
  }
}

function loadingView(strings: ChromeStrings): TemplateResult {
  return html`<div class="skeleton" role="status" aria-label=${strings.loading}><i></i><i></i><i></i></div>`;
}

function failureView(problem: Problem, strings: ChromeStrings, onRetry: () => void): TemplateResult {
  const { title, text, isForAuthor } = wording(problem.code, strings);
  return html`
    <p class="title">${title}</p>
    <p>${text}</p>
    ${isForAuthor ? html`<p class="detail">${problem.message}</p>` : nothing}
    ${problem.retryable ? html`<button type="button" class="retry" @click=${onRetry}>${strings.retry}</button>` : nothing}
  `;
}

interface Wording {
  readonly title: string;
  readonly text: string;
  readonly isForAuthor: boolean;
}

function wording(code: ErrorCode, strings: ChromeStrings): Wording {
  switch (code) {
    case ErrorCode.InvalidConfiguration:
    case ErrorCode.TokenEndpointMisconfigured:
      return { title: strings.misconfiguredTitle, text: strings.misconfiguredText, isForAuthor: true };
    case ErrorCode.BotUnavailable:
      return { title: strings.unavailableTitle, text: strings.unavailableText, isForAuthor: true };
    case ErrorCode.Forbidden:
      return { title: strings.forbiddenTitle, text: strings.forbiddenText, isForAuthor: false };
    case ErrorCode.SignedOut:
    case ErrorCode.IdentityMismatch:
      return { title: strings.signedOutTitle, text: strings.signedOutText, isForAuthor: false };
    case ErrorCode.TokenEndpointUnavailable:
    case ErrorCode.InvalidTokenResponse:
    case ErrorCode.TokenRejected:
    case ErrorCode.ChatFailed:
    case ErrorCode.FrameUnavailable:
      return { title: strings.failedTitle, text: strings.failedText, isForAuthor: false };
  }
}
