/**
 * Explains a redirect of the token endpoint. A script cannot see its target, so the endpoint is requested once more: without cookies,
 * without the visitor's name, and with GET, which returns no token. Loaded when an endpoint redirects; imports only types, so that the
 * chat's own code is not split into more chunks.
 */
import type { TokenFailure } from '../token-failure.js';

const LOG_IN_PATH = /(?:log|sign)[-_]?(?:in|on)\b|\b(?:auth|oauth2?|sso|cas|saml|session|account)\b/i;
const HTML = /^(?:text\/html|application\/xhtml\+xml)\b/i;

/** The usual fix for an endpoint that should answer 401. */
const MOUNT_FIRST = "most often the chat's path has to be mounted before the middleware that requires a log-in";

export interface RedirectTarget {
  readonly url: URL;
  /** Whether the target is an HTML page, made for a person. */
  readonly isPage: boolean;
}

/**
 * Resolves with the target of the redirect; `undefined` if this request is not redirected. Rejects as `fetch` does, for instance without CORS
 * headers.
 */
export async function findTarget(
  endpoint: string,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<RedirectTarget | undefined> {
  const response = await fetch(endpoint, {
    headers: { accept: 'application/json' },
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal,
  });
  void response.body?.cancel().catch(() => undefined);
  // The endpoint may redirect only POST, or only requests with a cookie.
  if (!response.redirected) return undefined;
  return { url: new URL(response.url), isPage: HTML.test(response.headers.get('content-type') ?? '') };
}

/** Messages contain URLs without their queries, which may hold secrets. */
export function explainRedirect(endpoint: string, target: RedirectTarget | undefined, pageOrigin: string): TokenFailure {
  const asked = new URL(endpoint);
  if (target === undefined) return explainUnknownTarget(asked, pageOrigin);
  const address = withoutQuery(target.url);
  if (isSameResource(asked, target.url)) {
    return misconfigured(
      `The token endpoint redirects to ${address}: set token-endpoint to that. A redirect would take the visitor's cookies along, so none is followed.`,
    );
  }
  if (target.isPage || LOG_IN_PATH.test(target.url.pathname)) {
    return signedOut(
      `The token endpoint redirects to ${address}, as to a log-in page: the visitor is not signed in.`,
      `The token endpoint redirects to ${address}, which is taken for a log-in page. Have it answer 401 with JSON where nobody is signed in: ${MOUNT_FIRST}; if that is no log-in page, set token-endpoint to where the token is.`,
    );
  }
  return misconfigured(`The token endpoint redirects to ${address}. Set token-endpoint to the address that answers by itself.`);
}

const withoutQuery = ({ origin, pathname }: URL): string => origin + pathname;

function signedOut(message: string, advice: string): TokenFailure {
  return { kind: 'terminal', code: 'signed_out', message, advice };
}

function misconfigured(message: string): TokenFailure {
  return { kind: 'terminal', code: 'token_endpoint_misconfigured', message };
}

/** Whether both have the same path, apart from slashes and case. Such a redirect corrects the scheme, the host or the spelling. */
function isSameResource(one: URL, other: URL): boolean {
  const normalize = ({ pathname }: URL): string =>
    pathname
      .replace(/\/{2,}/g, '/')
      .replace(/\/$/, '')
      .toLowerCase();
  return normalize(one) === normalize(other);
}

function explainUnknownTarget(endpoint: URL, pageOrigin: string): TokenFailure {
  const address = withoutQuery(endpoint);
  const howToSee = `npx coze-chat-embed doctor --endpoint ${address} tells where`;
  if (endpoint.origin !== pageOrigin) {
    return misconfigured(
      `The token endpoint ${address} redirects, which no browser follows for a page of another origin. Set token-endpoint to the final address, with its scheme, www and slash (${howToSee}).`,
    );
  }
  return signedOut(
    'The token endpoint redirects, as to a log-in page: the visitor is not signed in.',
    `The token endpoint redirects to where this page cannot look, which is taken for a log-in page (${howToSee}). Have it answer 401 with JSON where nobody is signed in: ${MOUNT_FIRST}; if it only has another scheme, host or slash, set token-endpoint to the final address.`,
  );
}
