/** What happened to a token. None of it carries the token. */
import type { TokenReason } from '../protocol.js';
import type { TokenFailure } from '../token-failure.js';

/** Whose tokens they are. Without a `subject` the backend does not tell, and has to go on not telling. */
export interface TokenSubject {
  readonly subject: string | undefined;
}

interface Attempt {
  readonly reason: TokenReason;
  /** Counts the requests since the last success, from 1. */
  readonly attempt: number;
}

export type TokenUpdate = Attempt &
  (
    | { readonly phase: 'requested' }
    | {
        readonly phase: 'issued' | 'refreshed';
        /** Epoch milliseconds by this machine's clock. */
        readonly expiresAtMs: number;
        readonly refreshAtMs: number;
        readonly subject: string | undefined;
      }
    | {
        readonly phase: 'failed';
        readonly failure: TokenFailure;
        /** Epoch milliseconds; `undefined` when nothing is tried again by itself. */
        readonly retryAtMs: number | undefined;
      }
    /** The response names another subject, `subject`. The source has disposed of itself. */
    /** The tokens still belong to `subject`. */
    | { readonly phase: 'verified'; readonly subject: string | undefined }
    /** Nobody said whose they are by now. */
    | { readonly phase: 'unverified'; readonly failure: TokenFailure }
    | { readonly phase: 'subject-changed'; readonly subject: string | undefined }
  );
