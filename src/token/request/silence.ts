/**
 * Explains a cross-origin token endpoint without a readable response: either its server is unreachable, or the browser hides the response
 * from the page. Loaded when that happens; imports only types, so that the chat's own code is not split into more chunks.
 */
import type { TokenFailure } from '../token-failure.js';

interface Effects {
  readonly fetch: typeof globalThis.fetch;
  /** Origin of the page that sends the request. */
  readonly pageOrigin: string;
}

/**
 * Sends an opaque request without cookies to the server's root: the endpoint itself blocks even those (`cross-origin-resource-policy`).
 * Rejects if the server does not respond.
 */
export async function explainUnreadableResponse(
  endpoint: string,
  { fetch, pageOrigin }: Effects,
  signal: AbortSignal,
): Promise<TokenFailure> {
  const { origin, pathname } = new URL(endpoint);
  await fetch(origin, { method: 'HEAD', mode: 'no-cors', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal });
  const address = origin + pathname;
  return {
    // A proxy whose backend is being deployed sends no CORS headers either.
    kind: 'transient',
    code: 'token_endpoint_unavailable',
    message: `The server of the token endpoint ${address} answers, but the endpoint does not let this page read it (CORS): add ${pageOrigin} to its allowedOrigins. If it is there, the endpoint redirects, or something in front of it answers ("npx coze-chat-embed doctor --endpoint ${address}" tells).`,
    // The server has responded, so the visitor's connection is not the reason.
    fault: 'service',
  };
}
