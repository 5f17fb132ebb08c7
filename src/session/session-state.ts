/**
 * The life of a chat as one value. {@link transition} is pure: events in, next state out; `session-controller.ts` runs what a
 * state calls for. Every asynchronous answer carries the generation it was asked in; an answer of another generation is dropped here.
 */
import { ErrorCode, type Problem } from '../core/errors.js';
import type { TokenFailure } from '../token/token-failure.js';
import type { TokenSubject } from '../token/source/token-update.js';

/** How the chat came to belong to somebody else. */
export type IdentityChangeCause =
  /** An attribute or property of the element. */
  | 'configured'
  /** The token endpoint's answer belongs to another subject. */
  | 'detected'
  /** `signOut()`. */
  | 'signed-out';

export type SessionStatus = 'idle' | 'authorizing' | 'loading' | 'ready' | 'refreshing' | 'signed-out' | 'failed';

interface Run {
  /** Grows with every change of identity; the token source and the frame belong to one generation. */
  readonly generation: number;
  /** Grows when the frame must be built anew for the same identity. */
  readonly frame: number;
}

type PlainStatus = Exclude<SessionStatus, 'authorizing' | 'failed'>;

export type SessionState = Run &
  (
    | { readonly status: PlainStatus }
    | {
        readonly status: 'authorizing';
        /** Who turned up in place of the former visitor. One answer may be a mistake: only a second one for the same owner counts. */
        readonly expectedSubject: TokenSubject | undefined;
      }
    | {
        readonly status: 'failed';
        readonly problem: Problem;
        /** A token that arrives after all mends a failure to get one, not a failure of the frame. */
        readonly mendedByToken: boolean;
        /** Epoch milliseconds of the next attempt, when one is made without being asked for. */
        readonly retryAtMs: number | undefined;
      }
  );

export type SessionEvent =
  /** The chat is wanted: shown, connected, configured. */
  | { readonly type: 'started' }
  /** The chat is not wanted any more: disconnected or no longer configured. */
  | { readonly type: 'stopped' }
  /** Another visitor, as far as anybody can tell; also a retry from scratch. */
  | { readonly type: 'identity-changed' }
  /** Whoever looks next may be somebody else: the page was left, or somebody has signed in in another tab. */
  | { readonly type: 'doubted' }
  /** The host said so. */
  | { readonly type: 'signed-out' }
  /** Same visitor, other name, language or options. */
  | { readonly type: 'frame-outdated' }
  | ({ readonly generation: number } & (
      | { readonly type: 'token-requested' }
      | { readonly type: 'token-arrived' }
      | {
          readonly type: 'token-failed';
          readonly failure: TokenFailure;
          readonly attempt: number;
          readonly retryAtMs: number | undefined;
        }
      /** The backend answered for somebody else than before. */
      | { readonly type: 'identity-detected'; readonly owner: TokenSubject }
      | { readonly type: 'frame-ready'; readonly frame: number }
      | { readonly type: 'frame-failed'; readonly frame: number; readonly problem: Problem; readonly retryAtMs?: number | undefined }
      /** The frame failed some time ago; now it may work. */
      | { readonly type: 'frame-retried' }
    ));

type TokenFailed = Extract<SessionEvent, { type: 'token-failed' }>;
type FailedState = Extract<SessionState, { status: 'failed' }>;

export const initialState: SessionState = { status: 'idle', generation: 0, frame: 0 };

/** One failed first attempt is not worth a visitor's attention. */
const ATTEMPTS_BEFORE_FAILURE_SHOWS = 2;

const inconsistentSubject: Problem = {
  code: ErrorCode.IdentityMismatch,
  message: 'The token endpoint answers for one visitor and then for another. Check that all its instances agree on "subject".',
  retryable: true,
};

export function transition(state: SessionState, event: SessionEvent): SessionState {
  if ('generation' in event && (event.generation !== state.generation || state.status === 'idle')) return state;
  if ('frame' in event && event.frame !== state.frame) return state;
  const next = step(state, event);
  // A frame that was given up is never spoken to again, also when its successor shows the same visitor.
  return hasFrame(state) && !hasFrame(next) && next.frame === state.frame ? { ...next, frame: next.frame + 1 } : next;
}

function step(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'started':
      return state.status === 'idle' ? authorizing(state) : state;
    case 'stopped':
      return state.status === 'idle' ? state : { status: 'idle', ...nextRun(state) };
    case 'identity-changed':
      return state.status === 'idle' ? state : authorizing(state);
    case 'doubted':
      return state.status === 'idle' || state.status === 'signed-out' ? state : authorizing(state);
    case 'signed-out':
      return state.status === 'idle' ? state : { status: 'signed-out', ...nextRun(state) };
    case 'frame-outdated':
      return hasFrame(state) ? { status: 'loading', generation: state.generation, frame: state.frame + 1 } : state;
    case 'token-requested':
      return state.status === 'ready' ? withStatus(state, 'refreshing') : state;
    case 'token-arrived':
      return afterToken(state);
    case 'token-failed':
      return afterTokenFailure(state, event);
    case 'identity-detected':
      return isConfirmingSubject(state) ? failed(state, inconsistentSubject) : authorizing(state, event.owner);
    case 'frame-ready':
      return state.status === 'loading' ? withStatus(state, 'ready') : state;
    case 'frame-failed':
      return hasFrame(state) ? failed(state, event.problem, event.retryAtMs) : state;
    case 'frame-retried':
      return state.status === 'failed' && !state.mendedByToken ? withStatus(state, 'loading') : state;
  }
}

/** Whether the state calls for a chat frame. */
export function hasFrame({ status }: SessionState): boolean {
  return status === 'loading' || status === 'ready' || status === 'refreshing';
}

function isConfirmingSubject(state: SessionState): boolean {
  return state.status === 'authorizing' && state.expectedSubject !== undefined;
}

function afterToken(state: SessionState): SessionState {
  switch (state.status) {
    case 'authorizing':
    case 'signed-out':
      return withStatus(state, 'loading');
    case 'failed':
      return state.mendedByToken ? withStatus(state, 'loading') : state;
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
  if (state.status === 'failed') return state.mendedByToken ? failedForToken(state, event) : state;
  // Who was told how long to wait may tell the visitor.
  const isWorthShowing = attempt >= ATTEMPTS_BEFORE_FAILURE_SHOWS || failure.retryAfterMs !== undefined;
  return state.status === 'authorizing' && isWorthShowing ? failedForToken(state, event) : state;
}

function failedForToken(state: SessionState, { failure: { code, message, kind }, retryAtMs }: TokenFailed): SessionState {
  const retryable = kind !== 'terminal' || code === ErrorCode.TokenRejected;
  return { ...failed(state, { code, message, retryable }, retryAtMs), mendedByToken: true };
}

function failed({ generation, frame }: Run, problem: Problem, retryAtMs?: number): FailedState {
  return { status: 'failed', generation, frame, problem, mendedByToken: false, retryAtMs };
}

function authorizing(state: Run, owner?: TokenSubject): SessionState {
  return { status: 'authorizing', expectedSubject: owner, ...nextRun(state) };
}

function withStatus(state: SessionState, status: PlainStatus): SessionState {
  return state.status === status ? state : { status, generation: state.generation, frame: state.frame };
}

function nextRun({ generation, frame }: Run): Run {
  return { generation: generation + 1, frame: frame + 1 };
}
