/** The two places a token can come from, behind one shape: the host's token endpoint or the host's own function. */
import { type Result, fail } from '../../core/result.js';
import type { AccessTokenFields } from '../access-token.js';
import { type TokenFailure, signedOut, unavailable } from '../token-failure.js';
import type { Clock, Timers } from '../../core/clock.js';
import { DeadlineError, withDeadline } from '../../core/deadline.js';
import { type TokenRequestEffects, requestToken } from './endpoint-request.js';
import { processTokenResponse } from './token-response.js';
import type { TokenReason } from '../protocol.js';

export interface TokenRequestContext {
  readonly reason: TokenReason;
  /** Aborts when the answer is no longer wanted. */
  readonly signal: AbortSignal;
}

/** Asks once. Never rejects. */
export type TokenRequester = (context: TokenRequestContext) => Promise<Result<AccessTokenFields, TokenFailure>>;

/** What a host's `getToken` may resolve to; the same forms as on the wire. */
export type TokenResponse = Record<string, unknown>;

/** A host's own way to a token. Reject with an error named `UnauthorizedError` to say that nobody is signed in. */
export type GetToken = (context: TokenRequestContext & { readonly userId: string | undefined }) => Promise<TokenResponse>;

export interface EndpointIdentity {
  readonly endpoint: string;
  readonly credentials: RequestCredentials;
  readonly userId: string | undefined;
  /** Read at each request, because hosts renew it while the chat is open. */
  readonly identityToken: () => string | undefined;
}

export function endpointRequester(identity: EndpointIdentity, effects: TokenRequestEffects): TokenRequester {
  return ({ reason, signal }) => {
    return requestToken(
      {
        endpoint: identity.endpoint,
        credentials: identity.credentials,
        // JSON leaves out what is undefined.
        body: { user_id: identity.userId, identity_token: identity.identityToken(), reason },
        signal,
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
      return processTokenResponse(answer, { requestedAt, nowMs: clock.now().wallMs, serverNowMs: undefined });
    } catch (error) {
      return fail(toFailure(error));
    }
  };
}

/** By name and field rather than by class: hosts bundle their own. They may throw anything, even what cannot be looked at. */
function toFailure(error: unknown): TokenFailure {
  try {
    if (error instanceof DeadlineError) return unavailable('getToken took longer than 10 s.');
    const { name, terminal } = error as { readonly name?: unknown; readonly terminal?: unknown };
    if (name === 'UnauthorizedError' || terminal === true) return signedOut('getToken says that nobody is signed in.');
  } catch {
    // A proxy that has been revoked, or a getter that throws.
  }
  return unavailable('getToken failed.');
}
