/**
 * Asks the host's token endpoint for the visitor's access token (the wire: `wire.ts`).
 * Sending and judging are apart: {@link requestToken} sends, `status.ts` and `token-response.ts` judge.
 */
import type { Clock, Instant, Timers } from '../../core/clock.js';
import { DeadlineError, withDeadline } from '../../core/deadline.js';
import { parseHttpDate } from '../../core/http-date.js';
import { fail, type Result } from '../../core/result.js';
import type { AccessTokenFields, ConfirmedSubject } from '../access-token.js';
import { TokenReason, type TokenRequestBody } from '../protocol.js';
import { signedOut, type TokenFailure, unavailable } from '../token-failure.js';
import { hasErrorBody, isRedirect, toTokenFailure } from './http-status.js';
import { readJson } from './json-body.js';
import { parseTokenResponse, parseVerification } from './token-response.js';

/** One deadline for headers and body: an endpoint that answers byte by byte must not hold the chat for ever. */
const DEADLINE_MS = 10_000;

export interface TokenRequest {
  /** Absolute. */
  readonly endpoint: string;
  readonly credentials: RequestCredentials;
  readonly body: TokenRequestBody;
  readonly signal: AbortSignal;
}

export interface TokenRequestEffects {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Never rejects: every way to fail is a {@link TokenFailure}. */
export async function requestToken(
  { endpoint, credentials, body, signal }: TokenRequest,
  { fetch, clock, timers }: TokenRequestEffects,
): Promise<Result<AccessTokenFields | ConfirmedSubject, TokenFailure>> {
  const requestedAt = clock.now();
  const parse = body.reason === TokenReason.Verify ? parseVerification : parseTokenResponse;
  async function attempt(signal: AbortSignal): Promise<Result<AccessTokenFields | ConfirmedSubject, TokenFailure>> {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials,
      cache: 'no-store',
      // A redirect leads to a log-in page; following it would take the visitor's cookies along.
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      signal,
    });
    try {
      return await parseResponse(response, parse, requestedAt, clock);
    } finally {
      // Cancels a body that was not read, so that the connection is released.
      if (!response.bodyUsed) void response.body?.cancel().catch(() => undefined);
    }
  }

  try {
    return await withDeadline(attempt, { durationMs: DEADLINE_MS, timers, signal });
  } catch (error) {
    return fail(
      error instanceof DeadlineError
        ? unavailable('The token endpoint took longer than 10 s.')
        : unavailable('The token endpoint cannot be reached. Check the network, CORS and the connect-src of the page’s CSP.'),
    );
  }
}

async function parseResponse(
  response: Response,
  parse: typeof parseVerification,
  requestedAt: Instant,
  clock: Clock,
): Promise<Result<AccessTokenFields | ConfirmedSubject, TokenFailure>> {
  const { status, headers } = response;
  if (isRedirect(response)) {
    return fail(signedOut('The token endpoint redirects, as to a log-in page: the visitor is not signed in.'));
  }
  const nowMs = clock.now().wallMs;
  // A visitor's clock may be a day off; the endpoint's is what an absolute expiry was written against.
  const serverNowMs = parseHttpDate(headers.get('date') ?? '');
  if (status !== 200) {
    const explanation = hasErrorBody(status) ? await readJson(response) : undefined;
    const body = explanation?.ok === true ? explanation.value : undefined;
    return fail(toTokenFailure(status, { retryAfter: headers.get('retry-after'), nowMs: serverNowMs ?? nowMs, body }));
  }
  const body = await readJson(response);
  return body.ok ? parse(body.value, { requestedAt, nowMs, serverNowMs }) : body;
}
