/**
 * An endpoint of another origin from which no answer came: whether its server is not there, or the browser keeps the answer from the page. Loaded when
 * it comes to that; it imports types alone, so that the chat's own code is not cut into more chunks.
 */
import type { TokenFailure } from '../token-failure.js';

interface Effects {
  readonly fetch: typeof globalThis.fetch;
  /** Of the page that asks. */
  readonly pageOrigin: string;
}

/**
 * Asks the server for what nobody may read, without cookies: not the endpoint, which forbids even that (`cross-origin-resource-policy`). Rejects where
 * nothing answers.
 */
export async function explainSilence(endpoint: string, { fetch, pageOrigin }: Effects, signal: AbortSignal): Promise<TokenFailure> {
  const { origin, pathname } = new URL(endpoint);
  await fetch(origin, { method: 'HEAD', mode: 'no-cors', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal });
  const address = origin + pathname;
  return {
    // A proxy whose backend is being deployed is as silent.
    kind: 'transient',
    code: 'token_endpoint_unavailable',
    message: `The server of the token endpoint ${address} answers, but the endpoint does not let this page read it (CORS): add ${pageOrigin} to its allowedOrigins. If it is there, the endpoint redirects, or something in front of it answers ("npx coze-chat-embed doctor --endpoint ${address}" tells).`,
    // The visitor's connection is not the reason.
    fault: 'service',
  };
}
