/** How a token is asked for, whoever asks. */
import type { Instant } from '../../core/clock.js';
import type { TokenRequestBody } from '../protocol.js';

export interface TokenPost {
  /** Absolute. */
  readonly endpoint: string;
  readonly credentials: RequestCredentials;
  readonly body: TokenRequestBody;
}

/** One that was sent before the session's code was there: `session/early-request.ts`. */
export interface EarlyRequest {
  readonly sentAt: Instant;
  /** What was sent, as JSON of a {@link TokenPost}. */
  readonly sent: string;
  readonly response: Promise<Response>;
  abort(): void;
  /** Whether it can be used: the visitor has not left the window, where another may have sat down. Who takes it watches from then on. */
  take(): boolean;
}

export function postTokenRequest(
  { endpoint, credentials, body }: TokenPost,
  signal: AbortSignal,
  fetch = globalThis.fetch,
): Promise<Response> {
  return fetch(endpoint, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    // JSON leaves out what is undefined.
    body: JSON.stringify(body),
    credentials,
    cache: 'no-store',
    // A redirect may lead to a log-in page; following it would take the visitor's cookies along.
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
    signal,
  });
}
