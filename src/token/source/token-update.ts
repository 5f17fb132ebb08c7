/** The events of a token source. None of them contains the token itself. */
import type { TokenReason } from '../protocol.js';
import type { TokenFailure } from '../token-failure.js';

/** The owner of tokens. Without a `subject` the backend does not name one, and must not name one later. */
export interface TokenSubject {
  readonly subject: string | undefined;
}

interface Attempt {
  readonly reason: TokenReason;
  /** Number of requests since the last success, from 1. */
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
        /** Epoch milliseconds; `undefined` when there is no automatic retry. */
        readonly retryAtMs: number | undefined;
      }
    /** The backend has confirmed that the tokens belong to `subject`. */
    | { readonly phase: 'verified'; readonly subject: string | undefined }
    /** The backend did not confirm the subject. */
    | { readonly phase: 'unverified'; readonly failure: TokenFailure }
    /** The response names another `subject`. The source has disposed itself. */
    | { readonly phase: 'subject-changed'; readonly subject: string | undefined }
  );
