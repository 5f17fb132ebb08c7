/** How a token is asked for, whoever asks. */
import type { TokenRequestBody } from '../protocol.js';

export interface TokenPost {
  /** Absolute. */
  readonly endpoint: string;
  readonly credentials: RequestCredentials;
  readonly body: TokenRequestBody;
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
