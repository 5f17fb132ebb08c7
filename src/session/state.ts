/**
 * The life of a chat as one value. {@link transition} is pure: events in, next state out; `session-controller.ts` runs what a
 * state calls for. Every asynchronous answer carries the generation it was asked in; an answer of another generation is dropped here.
 */
import { ErrorCode, type Problem } from '../errors.js';
import type { TokenFailure } from '../token/failure.js';

export type SessionStatus = 'idle' | 'authorizing' | 'loading' | 'ready' | 'refreshing' | 'signed-out' | 'failed';

interface Life {
  /** Grows with every change of identity; the token source and the frame belong to one generation. */
  readonly generation: number;
  /** Grows when the frame must be built anew for the same identity. */
  readonly frame: number;
}

export type SessionState = Life &
  (
    | { readonly status: Exclude<SessionStatus, 'failed'> }
    | {
        readonly status: 'failed';
        readonly problem: Problem;
        /** A token that arrives after all mends a failure to get one, not a failure of the frame. */
        readonly mendedByToken: boolean;
      }
  );

export type SessionEvent =
  /** The chat is wanted: shown, connected, configured. */
  | { readonly type: 'started' }
  /** The chat is not wanted any more: disconnected or no longer configured. */
  | { readonly type: 'stopped' }
  /** Another visitor, as far as anybody can tell; also a retry from scratch. */
  | { readonly type: 'identity-changed' }
  /** The host said so. */
  | { readonly type: 'signed-out' }
  /** Same visitor, other name, language or options. */
  | { readonly type: 'frame-outdated' }
  | ({ readonly generation: number } & (
      | { readonly type: 'token-requested' }
      | { readonly type: 'token-arrived' }
      | { readonly type: 'token-failed'; readonly failure: TokenFailure; readonly attempt: number }
      | { readonly type: 'frame-ready'; readonly frame: number }
      | { readonly type: 'frame-failed'; readonly frame: number; readonly problem: Problem }
    ));

export const initialState: SessionState = { status: 'idle', generation: 0, frame: 0 };

/** One failed first attempt is not worth a visitor's attention. */
const ATTEMPTS_BEFORE_FAILURE_SHOWS = 2;

export function transition(state: SessionState, event: SessionEvent): SessionState {
  if ('generation' in event && event.generation !== state.generation) return state;
  if ('frame' in event && event.frame !== state.frame) return state;
  const next = step(state, event);
  // A frame that was given up is never spoken to again, also when its successor shows the same visitor.
  return hasFrame(state) && !hasFrame(next) && next.frame === state.frame ? { ...next, frame: next.frame + 1 } : next;
}

function step(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'started':
      return state.status === 'idle' ? nextGeneration(state, 'authorizing') : state;
    case 'stopped':
      return state.status === 'idle' ? state : nextGeneration(state, 'idle');
    case 'identity-changed':
      return state.status === 'idle' ? state : nextGeneration(state, 'authorizing');
    case 'signed-out':
      return state.status === 'idle' ? state : nextGeneration(state, 'signed-out');
    case 'frame-outdated':
      return hasFrame(state) ? enter(state, 'loading', state.frame + 1) : state;
    case 'token-requested':
      return state.status === 'ready' ? enter(state, 'refreshing') : state;
    case 'token-arrived':
      return afterToken(state);
    case 'token-failed':
      return afterTokenFailure(state, event.failure, event.attempt);
    case 'frame-ready':
      return state.status === 'loading' ? enter(state, 'ready') : state;
    case 'frame-failed':
      return hasFrame(state) ? { ...life(state), status: 'failed', problem: event.problem, mendedByToken: false } : state;
  }
}

/** Whether the state calls for a chat frame. */
export function hasFrame({ status }: SessionState): boolean {
  return status === 'loading' || status === 'ready' || status === 'refreshing';
}

function afterToken(state: SessionState): SessionState {
  switch (state.status) {
    case 'authorizing':
    case 'signed-out':
      return enter(state, 'loading');
    case 'failed':
      return state.mendedByToken ? enter(state, 'loading') : state;
    case 'refreshing':
      return enter(state, 'ready');
    case 'idle':
    case 'loading':
    case 'ready':
      return state;
  }
}

function afterTokenFailure(state: SessionState, failure: TokenFailure, attempt: number): SessionState {
  if (failure.kind === 'terminal') {
    return failure.code === ErrorCode.SignedOut ? enter(state, 'signed-out') : failedForToken(state, failure);
  }
  if (state.status === 'refreshing') return enter(state, 'ready');
  return state.status === 'authorizing' && attempt >= ATTEMPTS_BEFORE_FAILURE_SHOWS ? failedForToken(state, failure) : state;
}

function failedForToken(state: SessionState, { code, message, kind }: TokenFailure): SessionState {
  const retryable = kind !== 'terminal' || code === ErrorCode.TokenRejected;
  return { ...life(state), status: 'failed', problem: { code, message, retryable }, mendedByToken: true };
}

function nextGeneration(state: SessionState, status: Exclude<SessionStatus, 'failed'>): SessionState {
  return { status, generation: state.generation + 1, frame: state.frame + 1 };
}

function enter(state: SessionState, status: Exclude<SessionStatus, 'failed'>, frame = state.frame): SessionState {
  return { status, generation: state.generation, frame };
}

function life({ generation, frame }: SessionState): Life {
  return { generation, frame };
}
