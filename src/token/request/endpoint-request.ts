/**
 * Requests the visitor's access token from the host's token endpoint (body: `protocol.ts`). {@link requestToken} sends the request;
 * `http-status.ts` and `token-response.ts` interpret the response.
 */
import type { Clock, Instant, Timers } from '../../core/clock.js';
import { DeadlineError, withDeadline } from '../../core/deadline.js';
import { ErrorCode } from '../../core/errors.js';
import { parseHttpDate } from '../../core/http-date.js';
import { fail, type Result } from '../../core/result.js';
import type { AccessTokenFields, ConfirmedSubject } from '../access-token.js';
import { TokenReason } from '../protocol.js';
import { signedOut, type TokenFailure, unavailable } from '../token-failure.js';
import { hasErrorBody, isRedirect, toTokenFailure } from './http-status.js';
import { readJson } from './json-body.js';
import { type EarlyRequest, postTokenRequest, type TokenPost } from './post-token-request.js';
import type { Refusal } from './refusal.js';
import { parseTokenResponse, parseVerification } from './token-response.js';

/** One deadline for headers and body: an endpoint that sends byte by byte must not block the chat for ever. */
const DEADLINE_MS = 10_000;
/** Limits requests that only improve the message for the page's author: the target of a redirect, the body of an error. */
const EXPLANATION_TIMEOUT_MS = 3_000;

export interface TokenRequest extends TokenPost {
  readonly signal: AbortSignal;
  /** This request, if it was sent early. */
  readonly early?: EarlyRequest | undefined;
}

export interface TokenRequestEffects {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Origin of the page that sends the request. */
  readonly pageOrigin: string;
}

/** Never rejects: every failure is a {@link TokenFailure}. */
export async function requestToken(
  { signal, early, ...post }: TokenRequest,
  effects: TokenRequestEffects,
): Promise<Result<AccessTokenFields | ConfirmedSubject, TokenFailure>> {
  const { fetch, clock, timers } = effects;
  const { endpoint, body } = post;
  const requestedAt = early?.sentAt ?? clock.now();
  const parse = body.reason === TokenReason.Verify ? parseVerification : parseTokenResponse;
  async function attempt(signal: AbortSignal): Promise<Result<AccessTokenFields | ConfirmedSubject, TokenFailure>> {
    if (early !== undefined) signal.addEventListener('abort', early.abort);
    const response = await (early?.response ?? postTokenRequest(post, signal, fetch)).catch(() => undefined);
    if (response === undefined) return fail(await toUnreachableFailure(endpoint, effects, signal));
    try {
      if (isRedirect(response)) return fail(await toRedirectFailure(endpoint, effects, signal));
      return await parseResponse(response, {
        parse,
        requestedAt,
        clock,
        timers,
        signal,
        hasIdentityToken: body.identity_token !== undefined,
      });
    } finally {
      // Cancels an unread body, so that the connection is released.
      if (!response.bodyUsed) void response.body?.cancel().catch(() => undefined);
    }
  }

  try {
    return await withDeadline(attempt, { durationMs: DEADLINE_MS, timers, signal });
  } catch (error) {
    return fail(error instanceof DeadlineError ? unavailable('The token endpoint took longer than 10 s.') : unreachable(effects));
  }
}

function unreachable({ pageOrigin }: TokenRequestEffects): TokenFailure {
  return unavailable(
    `The token endpoint cannot be reached. Check the network, CORS (${pageOrigin} in its allowedOrigins) and the connect-src of the page’s CSP.`,
  );
}

interface ResponseContext {
  readonly parse: typeof parseVerification;
  readonly requestedAt: Instant;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly signal: AbortSignal;
  readonly hasIdentityToken: boolean;
}

async function parseResponse(
  response: Response,
  { parse, requestedAt, clock, timers, signal, hasIdentityToken }: ResponseContext,
): Promise<Result<AccessTokenFields | ConfirmedSubject, TokenFailure>> {
  const { status, headers } = response;
  const nowMs = clock.now().wallMs;
  // A visitor's clock may be a day off; an absolute expiry was computed with the endpoint's clock.
  const serverNowMs = parseHttpDate(headers.get('date') ?? '');
  if (status !== 200) {
    const read = async (signal: AbortSignal): Promise<unknown> => {
      const json = await readJson(response, signal);
      return json.ok ? json.value : undefined;
    };
    // If the body does not end in time, the status alone decides.
    const body = hasErrorBody(status) ? await undefinedOnFailure(read, timers, signal) : undefined;
    const failure = toTokenFailure(status, { retryAfter: headers.get('retry-after'), nowMs: serverNowMs ?? nowMs, body });
    return fail(await withAdvice(failure, { status, body, hasIdentityToken }));
  }
  const body = await readJson(response);
  return body.ok ? parse(body.value, { requestedAt, nowMs, serverNowMs }) : body;
}

async function withAdvice(failure: TokenFailure, details: Refusal): Promise<TokenFailure> {
  if (failure.code === ErrorCode.IdentityMismatch || hasOnlyStatus(details)) return failure;
  const loaded = await import('./refusal.js').catch(() => undefined);
  return loaded?.explainRefusal(failure, details) ?? failure;
}

/** Whether only the status is known, and it is not one that proxies send. */
function hasOnlyStatus({ body, hasIdentityToken, status }: Refusal): boolean {
  return body === undefined && !hasIdentityToken && status < 502;
}

async function toRedirectFailure(
  endpoint: string,
  { fetch, timers, pageOrigin }: TokenRequestEffects,
  signal: AbortSignal,
): Promise<TokenFailure> {
  const loaded = await import('./redirect.js').catch(() => undefined);
  if (loaded === undefined) return signedOut('The token endpoint redirects.');
  const target = await undefinedOnFailure((signal) => loaded.findTarget(endpoint, fetch, signal), timers, signal);
  return loaded.explainRedirect(endpoint, target, pageOrigin);
}

/** A cross-origin error response without CORS headers looks like a network error. */
async function toUnreachableFailure(endpoint: string, effects: TokenRequestEffects, signal: AbortSignal): Promise<TokenFailure> {
  if (new URL(endpoint).origin === effects.pageOrigin) return unreachable(effects);
  const explain = async (signal: AbortSignal): Promise<TokenFailure> =>
    (await import('./silence.js')).explainUnreadableResponse(endpoint, effects, signal);
  return (await undefinedOnFailure(explain, effects.timers, signal)) ?? unreachable(effects);
}

/** Resolves with the result of `read`, or with `undefined` if it fails or takes too long. */
function undefinedOnFailure<T>(read: (signal: AbortSignal) => Promise<T>, timers: Timers, signal: AbortSignal): Promise<T | undefined> {
  return withDeadline(read, { durationMs: EXPLANATION_TIMEOUT_MS, timers, signal }).catch(() => undefined);
}
