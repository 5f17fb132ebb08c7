/**
 * What the site's developer has to change when the token endpoint refuses. Loaded when it does: nobody else needs the sentences. It imports types
 * alone, so that the chat's own code is not cut into more chunks.
 */
import type { TokenEndpointError } from '../protocol.js';
import type { TokenFailure } from '../token-failure.js';

/** What to change, by the endpoint's own word. Any other word is not repeated: nobody knows what it holds. */
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
  /** Whether a JWT of the page was sent, which may be what was refused. */
  readonly hasIdentityToken: boolean;
}

/** `failure` with what to change, and as one that is not tried again if that cannot help; as it was where the endpoint says nothing that is known. */
export function explainRefusal(failure: TokenFailure, { status, body, hasIdentityToken }: Refusal): TokenFailure {
  // As it may be: a visitor who is signed out. Who sends an identity token means them not to be.
  if (status === 401) return hasIdentityToken ? { ...failure, advice: IDENTITY_TOKEN_REFUSED } : failure;
  if (body === undefined && GATEWAY_STATUSES.has(status))
    return { ...failure, message: `The token endpoint answered ${status} ${NOBODY_BEHIND}` };
  const error: unknown = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  if (!isKnown(error)) return failure;
  const explained = { ...failure, message: `The token endpoint answered ${status} (${error}): ${ADVICE[error]}.` };
  if (error === 'forbidden_origin') return { ...explained, fault: 'site' };
  // The same assertion would be refused again.
  return error === 'upstream_rejected' ? { ...explained, kind: 'terminal', fault: 'site' } : explained;
}

function isKnown(error: unknown): error is keyof typeof ADVICE {
  return typeof error === 'string' && Object.hasOwn(ADVICE, error);
}

/** How nginx and the like answer, as HTML, when nobody is behind them. */
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);
const NOBODY_BEHIND =
  'without JSON, as a proxy does that does not reach it: see that your server runs, and that the proxy forwards to its address and port.';

const IDENTITY_TOKEN_REFUSED =
  'The token endpoint answered 401 although an identity-token was sent: it has expired, is signed with another secret, or is for another audience.';
