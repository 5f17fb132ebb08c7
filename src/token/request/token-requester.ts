/** The two sources of a token behind one interface: the host's token endpoint, or the host's own function. */
import type { Clock, Timers } from '../../core/clock.js';
import { DeadlineError, withDeadline } from '../../core/deadline.js';
import { fail, type Result } from '../../core/result.js';
import type { AccessTokenFields, ConfirmedSubject } from '../access-token.js';
import { TokenReason } from '../protocol.js';
import { signedOut, type TokenFailure, unavailable } from '../token-failure.js';
import { requestToken, type TokenRequestEffects } from './endpoint-request.js';
import type { EarlyRequest } from './post-token-request.js';
import { parseTokenResponse, parseVerification } from './token-response.js';
import type { SubjectResponse, TokenResponse } from './token-response-body.js';

/** Why a token is requested, and until when it is needed. */
export interface TokenRequestContext {
  /** Why the token is requested. For `rejected` and `manual` it must not come from a cache. For `verify` the `subject` is enough. */
  readonly reason: TokenReason;
  /** Aborts when the token is no longer needed, or after 10 s. */
  readonly signal: AbortSignal;
}

/** Sends one request; only for `verify` the result may be a subject without a token. Never rejects. */
export type TokenRequester = (context: TokenRequestContext) => Promise<Result<AccessTokenFields | ConfirmedSubject, TokenFailure>>;

/**
 * A function of the host that gets a token within 10 s. The chat checks the result. If its `subject` differs from the chat's, the chat of that visitor
 * starts. If nobody is signed in, reject with an error named `UnauthorizedError`, or with any object that has `terminal: true`. After any other error
 * the chat tries again automatically. With the reason `verify` the chat asks for its current visitor, at most twice a minute and before messages:
 * then `{ subject }` is enough, and you need no token.
 *
 * @param context the reason, the page's `user-id`, and a signal that aborts when the token is no longer needed
 * @returns one of the accepted bodies, with the token and its expiry
 * @example
 * chat.getToken = async ({ reason, signal }) => {
 *   const response = await fetch(`/chat-token?reason=${reason}`, { method: 'POST', signal });
 *   if (response.status === 401) throw Object.assign(new Error('Nobody is signed in.'), { name: 'UnauthorizedError' });
 *   return response.json();
 * };
 */
export type GetToken = (context: TokenRequestContext & { readonly userId: string | undefined }) => Promise<TokenResponse | SubjectResponse>;

export interface EndpointIdentity {
  readonly endpoint: string;
  readonly credentials: RequestCredentials;
  readonly userId: string | undefined;
  /** Read at each request, because hosts renew it while the chat is open. */
  readonly identityToken: () => string | undefined;
}

/** Requests tokens from the host's token endpoint. `early` was sent with the same identity, and replaces the first request. */
export function endpointRequester(identity: EndpointIdentity, effects: TokenRequestEffects, early?: EarlyRequest): TokenRequester {
  return ({ reason, signal }) => {
    return requestToken(
      {
        endpoint: identity.endpoint,
        credentials: identity.credentials,
        body: { user_id: identity.userId, identity_token: identity.identityToken(), reason },
        signal,
        early,
      },
      effects,
    );
  };
}

const GET_TOKEN_DEADLINE_MS = 10_000;

export function functionRequester(
  getToken: GetToken,
  userId: string | undefined,
  { clock, timers }: { readonly clock: Clock; readonly timers: Timers },
): TokenRequester {
  return async ({ reason, signal }) => {
    const requestedAt = clock.now();
    const deadline = { durationMs: GET_TOKEN_DEADLINE_MS, timers, signal };
    try {
      const answer = await withDeadline(async (signal) => getToken({ reason, signal, userId }), deadline);
      const parse = reason === TokenReason.Verify ? parseVerification : parseTokenResponse;
      return parse(answer, { requestedAt, nowMs: clock.now().wallMs, serverNowMs: undefined });
    } catch (error) {
      return fail(toFailure(error));
    }
  };
}

/**
 * Recognises errors by name and field, not by class, because hosts bundle their own classes. A host may throw anything, even a value whose
 * members cannot be read.
 */
function toFailure(error: unknown): TokenFailure {
  try {
    if (error instanceof DeadlineError) return unavailable('getToken took longer than 10 s.');
    const { name, terminal } = error as { readonly name?: unknown; readonly terminal?: unknown };
    if (name === 'UnauthorizedError' || terminal === true) return signedOut('getToken says that nobody is signed in.');
    // The message may contain text that must not be logged, so that only the name is reported.
    if (typeof name === 'string' && /^\w{1,40}$/.test(name)) return unavailable(`getToken failed (${name}).`);
  } catch {
    // A revoked proxy, or a getter that throws.
  }
  return unavailable('getToken failed.');
}
