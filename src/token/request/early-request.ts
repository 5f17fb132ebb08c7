/**
 * The first request for a token, sent when a visitor comes near: beside the session's code, not behind it. Nobody looks at the response before the
 * session has checked the whole configuration, and would ask for just that.
 */
import { cookieSessionKey, type IdentityInput, missingProperty } from '../../config/identity.js';
import { type Instant, systemClock } from '../../core/clock.js';
import { parseUrl } from '../../core/url.js';
import { inTurn } from './in-turn.js';
import { postTokenRequest, type TokenPost } from './post-token-request.js';

export interface EarlyRequest {
  readonly sentAt: Instant;
  /** What was sent, as JSON of a {@link TokenPost}. */
  readonly sent: string;
  readonly response: Promise<Response>;
  abort(): void;
  /** Whether it can be used: the visitor has not left the window, where another may have sat down. Who takes it watches from then on. */
  take(): boolean;
}

const TURN_TIMEOUT_MS = 10_000;

/** `undefined` where the page has not said yet what it takes, and where nobody is known to be in the window. */
export function requestEarly(input: IdentityInput): EarlyRequest | undefined {
  const endpoint = parseUrl(String(input.tokenEndpoint), document.baseURI);
  if (input.getToken || missingProperty(input) || !document.hasFocus() || !/^http/.test(endpoint?.protocol ?? '')) return undefined;
  const sending = new AbortController();
  const watching = new AbortController();
  const abort = (): void => {
    sending.abort();
    watching.abort();
  };
  for (const type of ['blur', 'pagehide']) addEventListener(type, abort, { signal: watching.signal });
  const post = toFirstPost(input, endpoint?.href ?? '');
  const response = inTurn(() => postTokenRequest(post, sending.signal), {
    locks: navigator.locks as LockManager | undefined,
    sessionKey: cookieSessionKey(input),
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
