/**
 * What a redirect of the token endpoint means. A script is not told where it leads; so the endpoint is asked once more, without cookies, without
 * the visitor's name, and by GET, for which no token comes. Loaded when an endpoint redirects; it imports types alone, so that the chat's own code is not cut into more chunks.
 */
import type { TokenFailure } from '../token-failure.js';

const LOG_IN_PATH = /(?:log|sign)[-_]?(?:in|on)\b|\b(?:auth|oauth2?|sso|cas|saml|session|account)\b/i;
const HTML = /^(?:text\/html|application\/xhtml\+xml)\b/i;

/** What one usually has to change for the 401. */
const MOUNT_FIRST = "most often the chat's path has to be mounted before the middleware that requires a log-in";

export interface RedirectTarget {
  readonly url: URL;
  /** Whether a person is meant to look at it. */
  readonly isPage: boolean;
}

/** Where `endpoint` redirects to; `undefined` where it tells nobody. Rejects as `fetch` does: another origin may be silent. */
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
  // Who redirects only a POST, or only somebody with a cookie, has said nothing.
  if (!response.redirected) return undefined;
  return { url: new URL(response.url), isPage: HTML.test(response.headers.get('content-type') ?? '') };
}

/** Addresses are named without their queries, which may hold what is nobody's to read. */
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

/** The same path, but for slashes at its end and the case of letters; the scheme and the host are what such redirects put right. */
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
