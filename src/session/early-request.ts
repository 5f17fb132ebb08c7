/**
 * Sends the first token request when a visitor comes near the chat, in parallel with loading the session's code. The response is used only
 * after the session has checked the whole configuration and found that it would send the same request.
 */
import { cookieSessionKey, type IdentityInput, identityKey, missingProperty } from '../config/identity.js';
import { findTokenEndpoint } from '../config/mount.js';
import { systemClock } from '../core/clock.js';
import { parseUrl } from '../core/url.js';
import { inTurn } from '../token/request/in-turn.js';
import { type EarlyRequest, postTokenRequest, type TokenPost } from '../token/request/post-token-request.js';

const TURN_TIMEOUT_MS = 10_000;

/**
 * Sends the request. Returns `undefined` while the page has not set the required properties, and while the window has no focus, because then
 * it may have no visitor.
 */
export function requestEarly(input: IdentityInput): EarlyRequest | undefined {
  const endpoint = parseUrl(findTokenEndpoint(input), document.baseURI);
  if (!endpoint || !/^http/.test(endpoint.protocol) || input.getToken || missingProperty(input) || !document.hasFocus()) return undefined;
  // A value that cannot become JSON cannot be sent.
  if (!identityKey(input)) return undefined;
  // Only the session can find out whether `mount` may have another origin.
  if (!input.tokenEndpoint && endpoint.origin !== location.origin) return undefined;
  const sending = new AbortController();
  const watching = new AbortController();
  const abort = (): void => {
    sending.abort();
    watching.abort();
  };
  for (const type of ['blur', 'pagehide']) addEventListener(type, abort, { signal: watching.signal });
  const post = toFirstPost(input, endpoint.href);
  const response = inTurn(() => postTokenRequest(post, sending.signal), {
    locks: navigator.locks as LockManager | undefined,
    sessionKey: cookieSessionKey(input, endpoint.href),
    signal: AbortSignal.timeout(TURN_TIMEOUT_MS),
  });
  // Avoids an unhandled rejection; the session handles the error when it takes the request.
  response.catch(() => undefined);
  const take = (): boolean => {
    watching.abort();
    return !sending.signal.aborted;
  };
  return { sentAt: systemClock.now(), sent: JSON.stringify(post), response, abort, take };
}

/** Returns the first token request. `input` is as the page sets it, or as validated. */
export function toFirstPost({ credentials, userId, identityToken }: IdentityInput, endpoint: string): TokenPost {
  return {
    endpoint,
    credentials: (credentials || 'same-origin') as RequestCredentials,
    body: { user_id: (userId || undefined) as string, identity_token: (identityToken || undefined) as string, reason: 'initial' },
  };
}
