/** Sends the request for a token, in the same form for every caller. */
import type { Instant } from '../../core/clock.js';
import type { TokenRequestBody } from '../protocol.js';

export interface TokenPost {
  /** Absolute URL. */
  readonly endpoint: string;
  readonly credentials: RequestCredentials;
  readonly body: TokenRequestBody;
}

/** A request that was sent before the session's code was loaded: `session/early-request.ts`. */
export interface EarlyRequest {
  readonly sentAt: Instant;
  /** The request, as JSON of a {@link TokenPost}. */
  readonly sent: string;
  readonly response: Promise<Response>;
  abort(): void;
  /**
   * Returns whether the request may be used. It may not if the visitor has left the window, because another one may have come to it. After
   * this call, the caller observes the window.
   */
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
    // JSON omits undefined members.
    body: JSON.stringify(body),
    credentials,
    cache: 'no-store',
    // A redirect may lead to a log-in page; following it would send the visitor's cookies there.
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
    signal,
  });
}
