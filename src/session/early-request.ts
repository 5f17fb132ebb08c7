/**
 * The first request for a token, sent when a visitor comes near: beside the session's code, not behind it. Nobody looks at the response before the
 * session has checked the whole configuration, and would ask for just that.
 */
import { cookieSessionKey, type IdentityInput, identityKey, missingProperty } from '../config/identity.js';
import { findTokenEndpoint } from '../config/mount.js';
import { systemClock } from '../core/clock.js';
import { parseUrl } from '../core/url.js';
import { inTurn } from '../token/request/in-turn.js';
import { type EarlyRequest, postTokenRequest, type TokenPost } from '../token/request/post-token-request.js';

const TURN_TIMEOUT_MS = 10_000;

/** `undefined` where the page has not said yet what it takes, and where nobody is known to be in the window. */
export function requestEarly(input: IdentityInput): EarlyRequest | undefined {
  const endpoint = parseUrl(findTokenEndpoint(input), document.baseURI);
  if (!endpoint || !/^http/.test(endpoint.protocol) || input.getToken || missingProperty(input) || !document.hasFocus()) return undefined;
  // What has no JSON cannot be sent either.
  if (!identityKey(input)) return undefined;
  // Whether a mount of another origin may be one the session finds out.
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
  // Who takes it hears of it.
  response.catch(() => undefined);
  const take = (): boolean => {
    watching.abort();
    return !sending.signal.aborted;
  };
  return { sentAt: systemClock.now(), sent: JSON.stringify(post), response, abort, take };
}

/** `input`: as a page sets it, or as it was checked. */
export function toFirstPost({ credentials, userId, identityToken }: IdentityInput, endpoint: string): TokenPost {
  return {
    endpoint,
    credentials: (credentials || 'same-origin') as RequestCredentials,
    body: { user_id: (userId || undefined) as string, identity_token: (identityToken || undefined) as string, reason: 'initial' },
  };
}
