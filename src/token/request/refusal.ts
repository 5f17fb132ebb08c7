/**
 * Advice for the site's developer when the token endpoint answers with an error. Loaded at the first one, because no other visitor needs
 * these sentences; imports only types, so that the chat's own code is not split into more chunks.
 */
import type { TokenEndpointError } from '../protocol.js';
import type { TokenFailure } from '../token-failure.js';

/** Advice by the endpoint's error code. An unknown code is not repeated in a message, because it may contain anything. */
const ADVICE: Readonly<Partial<Record<TokenEndpointError, string>>> = {
  forbidden_origin:
    "it does not take this page for one of its site. Add this page's origin to allowedOrigins, and to the CORS headers; behind a proxy, let Origin and Sec-Fetch-Site through, and have the endpoint see the address that visitors see",
  invalid_request:
    'it did not get the JSON that was sent. Something before it, such as express.json(), may have used up the body: put the endpoint first',
  method_not_allowed: 'the POST did not reach it as one. Route every method to it, and look for a rewrite or redirect on the way',
  body_too_large: 'user-id and identity-token together are too long',
  unsupported_media_type: 'content-type: application/json did not reach it. Look at what lies between',
  identity_error: "identify() failed, took more than 5 s, or gave an id that cannot be used. The endpoint's log (onEvent) says which",
  upstream_rejected:
    'Coze refuses its assertion: wrong key id, region or apiBaseUrl, or the OAuth app is switched off or not authorised. "npx coze-chat-embed doctor" says which',
  server_error: "it could not sign, or failed otherwise. The endpoint's log (onEvent) says why",
  upstream_invalid: 'what Coze answered is no token. Look at apiBaseUrl, and at a proxy between your server and Coze',
  upstream_unavailable:
    "Coze cannot be reached from your server, perhaps for want of a proxy, or has too much to do. The endpoint's log (onEvent) says which",
  upstream_timeout: 'Coze did not answer your server in time. Look at the way from there to apiBaseUrl',
};

export interface Refusal {
  readonly status: number;
  /** The parsed body, if it is JSON. */
  readonly body: unknown;
  /** Whether the page sent a JWT, which may be what the endpoint rejects. */
  readonly hasIdentityToken: boolean;
}

/** Adds advice to `failure`, and makes it terminal if a retry cannot help. Without a known error code `failure` is returned as it is. */
export function explainRefusal(failure: TokenFailure, { status, body, hasIdentityToken }: Refusal): TokenFailure {
  // Without an identity token, a visitor who is signed out is no error of the site.
  if (status === 401) return hasIdentityToken ? { ...failure, advice: IDENTITY_TOKEN_REFUSED } : failure;
  if (body === undefined && GATEWAY_STATUSES.has(status))
    return { ...failure, message: `The token endpoint answered ${status} ${PROXY_WITHOUT_BACKEND}` };
  const error: unknown = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  if (!isKnown(error)) return failure;
  const explained = { ...failure, message: `The token endpoint answered ${status} (${error}): ${ADVICE[error]}.` };
  if (error === 'forbidden_origin') return { ...explained, fault: 'site' };
  // Coze would reject the same assertion again.
  return error === 'upstream_rejected' ? { ...explained, kind: 'terminal', fault: 'site' } : explained;
}

function isKnown(error: unknown): error is keyof typeof ADVICE {
  return typeof error === 'string' && Object.hasOwn(ADVICE, error);
}

/** nginx and other proxies send these with HTML when their backend is unreachable. */
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);
const PROXY_WITHOUT_BACKEND =
  'without JSON, as a proxy does that does not reach it: see that your server runs, and that the proxy forwards to its address and port.';

const IDENTITY_TOKEN_REFUSED =
  'The token endpoint answered 401 although an identity-token was sent: it has expired, is signed with another secret, or is for another audience.';
