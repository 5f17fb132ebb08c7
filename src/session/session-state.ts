/**
 * The life of a chat as one value. {@link transition} is pure: it takes an event and returns the next state; `session-controller.ts`
 * carries out what a state requires. Every asynchronous result carries the generation in which it was requested; results of another
 * generation are ignored here.
 */
import { ErrorCode, type Problem } from '../core/errors.js';
import type { TokenSubject } from '../token/source/token-update.js';
import type { TokenFailure } from '../token/token-failure.js';

/** The reason for which the chat belongs to another visitor. */
export type IdentityChangeCause =
  /** An attribute or property of the element. */
  | 'configured'
  /** The response of the token endpoint belongs to another subject. */
  | 'detected'
  /** `signOut()`. */
  | 'signed-out';

/** The phases of a chat. The documentation (reference/element) describes each. */
export type SessionStatus = 'idle' | 'authorizing' | 'loading' | 'ready' | 'refreshing' | 'signed-out' | 'failed';

/** The origin of the failure. It decides how the chat can recover. */
export type FailureCause =
  /** A wrong attribute, property or option. Recovered by the next configuration. */
  | 'configuration'
  /** The token endpoint. Recovered by the next token. */
  | 'token'
  /** The chat in its frame. Recovered by another frame. */
  | 'frame'
  /** An exception. Recovered by a visitor's retry only: an automatic one could repeat without end. */
  | 'exception';

interface Run {
  /** Grows with every change of identity; token source and frame belong to one generation. */
  readonly generation: number;
  /** Grows when the frame has to be rebuilt for the same identity. */
  readonly frame: number;
}

type PlainStatus = Exclude<SessionStatus, 'authorizing' | 'failed'>;

export type SessionState = Run &
  (
    | { readonly status: PlainStatus }
    | {
        readonly status: 'authorizing';
        /** Set after a token with an unexpected subject. The next token must confirm that subject, otherwise `identity_mismatch`. */
        readonly expectedSubject: TokenSubject | undefined;
        /** The subject of the chat before that token. */
        readonly formerSubject?: TokenSubject | undefined;
      }
    | {
        readonly status: 'failed';
        readonly problem: Problem;
        readonly cause: FailureCause;
        /** Epoch milliseconds of the next attempt, if one is made automatically. */
        readonly retryAtMs: number | undefined;
      }
  );

export type SessionEvent =
  /** The chat is wanted: shown, connected, configured. */
  | { readonly type: 'started' }
  /** The chat is not wanted any more: disconnected, or replaced by another visitor's. */
  | { readonly type: 'stopped' }
  /** The page's configuration is invalid. */
  | { readonly type: 'configuration-invalid'; readonly problem: Problem }
  /** An exception during the start. */
  | { readonly type: 'exception-thrown'; readonly problem: Problem }
  /** Another visitor, or a retry from the start for the same one. */
  | { readonly type: 'identity-changed' }
  /** The next person at the screen may be another visitor, because the page was left, or another tab reports a login. */
  | { readonly type: 'identity-unverified' }
  /** The host called `signOut()`. */
  | { readonly type: 'signed-out' }
  /** The same visitor, with another name, language or options. */
  | { readonly type: 'frame-settings-changed' }
  | ({ readonly generation: number } & (
      | { readonly type: 'token-requested' }
      | { readonly type: 'token-arrived' }
      | {
          readonly type: 'token-failed';
          readonly failure: TokenFailure;
          readonly attempt: number;
          readonly retryAtMs: number | undefined;
        }
      /** The backend named another subject than before. */
      | { readonly type: 'subject-changed'; readonly subject: TokenSubject; readonly formerSubject?: TokenSubject | undefined }
      | { readonly type: 'frame-ready'; readonly frame: number }
      | { readonly type: 'frame-failed'; readonly frame: number; readonly problem: Problem; readonly retryAtMs?: number | undefined }
      /** The delay after a failure of the frame is over. */
      | { readonly type: 'frame-retry-due' }
    ));

type TokenFailed = Extract<SessionEvent, { type: 'token-failed' }>;
type FailedState = Extract<SessionState, { status: 'failed' }>;

export const initialState: SessionState = { status: 'idle', generation: 0, frame: 0 };

/** A single failure of the first attempt is not shown to a visitor. */
const ATTEMPTS_BEFORE_FAILURE_SHOWS = 2;

const inconsistentSubject: Problem = {
  code: ErrorCode.IdentityMismatch,
  message: 'The token endpoint answers for one visitor and then for another. Check that all its instances agree on "subject".',
  retryable: true,
};

const cookiesBlocked: Problem = {
  code: ErrorCode.CookiesBlocked,
  message:
    'Each response of the token endpoint names another visitor: the browser keeps none of its cookies. Check SameSite, Secure and Domain.',
  retryable: true,
};

export function transition(state: SessionState, event: SessionEvent): SessionState {
  if ('generation' in event && (event.generation !== state.generation || isInactive(state))) return state;
  if ('frame' in event && event.frame !== state.frame) return state;
  const next = step(state, event);
  // A frame that was given up must not be addressed again, even if its successor shows the same visitor.
  return hasFrame(state) && !hasFrame(next) && next.frame === state.frame ? { ...next, frame: next.frame + 1 } : next;
}

function step(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'started':
      return isInactive(state) ? authorizing(state) : state;
    case 'stopped':
      return state.status === 'idle' ? state : { status: 'idle', ...nextRun(state) };
    case 'configuration-invalid':
      return failedToStart(state, 'configuration', event.problem);
    case 'exception-thrown':
      return failedToStart(state, 'exception', event.problem);
    case 'identity-changed':
      return isInactive(state) ? state : authorizing(state);
    case 'identity-unverified':
      return isInactive(state) || state.status === 'signed-out' ? state : authorizing(state);
    case 'signed-out':
      return isInactive(state) ? state : { status: 'signed-out', ...nextRun(state) };
    case 'frame-settings-changed':
      return hasFrame(state) ? { status: 'loading', generation: state.generation, frame: state.frame + 1 } : state;
    case 'token-requested':
      return state.status === 'ready' ? withStatus(state, 'refreshing') : state;
    case 'token-arrived':
      return afterToken(state);
    case 'token-failed':
      return afterTokenFailure(state, event);
    case 'subject-changed':
      return isConfirmingSubject(state)
        ? failedToStart(state, 'token', isThirdSubject(state, event.subject) ? cookiesBlocked : inconsistentSubject)
        : authorizing(state, event.subject, event.formerSubject);
    case 'frame-ready':
      return state.status === 'loading' ? withStatus(state, 'ready') : state;
    case 'frame-failed':
      return hasFrame(state) ? failed(state, 'frame', event.problem, event.retryAtMs) : state;
    case 'frame-retry-due':
      return state.status === 'failed' && state.cause === 'frame' ? withStatus(state, 'loading') : state;
  }
}

/** Whether the visitor sees the chat and can use it. */
export function isUsable({ status }: SessionState): boolean {
  return status === 'ready' || status === 'refreshing';
}

/** Whether nothing runs, so that only `started` has an effect. */
function isInactive(state: SessionState): boolean {
  return state.status === 'idle' || (state.status === 'failed' && state.cause === 'configuration');
}

/** Whether the state requires a chat frame. */
export function hasFrame({ status }: SessionState): boolean {
  return status === 'loading' || status === 'ready' || status === 'refreshing';
}

function isConfirmingSubject(state: SessionState): boolean {
  return state.status === 'authorizing' && state.expectedSubject !== undefined;
}

/** Whether `subject` is a third one. Without cookies, each response names a new visitor; instances that disagree return to the first. */
function isThirdSubject(state: SessionState, { subject }: TokenSubject): boolean {
  const former = state.status === 'authorizing' ? state.formerSubject?.subject : undefined;
  return former !== undefined && subject !== undefined && former !== subject;
}

function afterToken(state: SessionState): SessionState {
  switch (state.status) {
    case 'authorizing':
    case 'signed-out':
      return withStatus(state, 'loading');
    case 'failed':
      return state.cause === 'token' ? withStatus(state, 'loading') : state;
    case 'refreshing':
      return withStatus(state, 'ready');
    case 'idle':
    case 'loading':
    case 'ready':
      return state;
  }
}

function afterTokenFailure(state: SessionState, event: TokenFailed): SessionState {
  const { failure, attempt } = event;
  if (failure.kind === 'terminal') {
    return failure.code === ErrorCode.SignedOut ? withStatus(state, 'signed-out') : failedForToken(state, event);
  }
  if (state.status === 'refreshing') return withStatus(state, 'ready');
  if (state.status === 'failed') return state.cause === 'token' ? failedForToken(state, event) : state;
  // With Retry-After even the first failure is shown, with a countdown.
  const isWorthShowing = attempt >= ATTEMPTS_BEFORE_FAILURE_SHOWS || failure.retryAfterMs !== undefined;
  return state.status === 'authorizing' && isWorthShowing ? failedForToken(state, event) : state;
}

function failedForToken(state: SessionState, { failure: { code, message, kind, fault }, retryAtMs }: TokenFailed): SessionState {
  const retryable = kind !== 'terminal' || code === ErrorCode.TokenRejected;
  return failed(state, 'token', { code, message, retryable, fault }, retryAtMs);
}

function failed({ generation, frame }: Run, cause: FailureCause, problem: Problem, retryAtMs?: number): FailedState {
  return { status: 'failed', generation, frame, cause, problem, retryAtMs };
}

/** Ends the run. Does nothing if the state has the same problem already. */
function failedToStart(state: SessionState, cause: FailureCause, problem: Problem): SessionState {
  const isKnown = state.status === 'failed' && state.cause === cause && state.problem.message === problem.message;
  return isKnown ? state : failed(nextRun(state), cause, problem);
}

function authorizing(state: Run, expectedSubject?: TokenSubject, formerSubject?: TokenSubject): SessionState {
  return { status: 'authorizing', expectedSubject, formerSubject, ...nextRun(state) };
}

function withStatus(state: SessionState, status: PlainStatus): SessionState {
  return state.status === status ? state : { status, generation: state.generation, frame: state.frame };
}

function nextRun({ generation, frame }: Run): Run {
  return { generation: generation + 1, frame: frame + 1 };
}
