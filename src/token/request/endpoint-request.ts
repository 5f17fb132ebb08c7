/**
 * Asks the host's token endpoint for the visitor's access token (the wire: `wire.ts`).
 * Sending and judging are apart: {@link requestToken} sends, `status.ts` and `token-response.ts` judge.
 */
import { type Result, fail } from '../../core/result.js';
import type { AccessTokenFields } from '../access-token.js';
import { type TokenFailure, signedOut, unavailable } from '../token-failure.js';
import { readJson } from './json-body.js';
import { toTokenFailure, hasErrorBody, isRedirect } from './http-status.js';
import type { Clock, Instant, Timers } from '../../core/clock.js';
import { parseTokenResponse } from './token-response.js';
import type { TokenRequestBody } from '../protocol.js';

/** One deadline for headers and body: an endpoint that answers byte by byte must not hold the chat for ever. */
const DEADLINE_MS = 10_000;
const TIMED_OUT = Symbol('late');

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
): Promise<Result<AccessTokenFields, TokenFailure>> {
  const attempt = new AbortController();
  const abort = (): void => attempt.abort();
  const cancelDeadline = timers.set(() => attempt.abort(TIMED_OUT), DEADLINE_MS);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();

  const requestedAt = clock.now();
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials,
      cache: 'no-store',
      // A redirect leads to a log-in page; following it would take the visitor's cookies along.
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      signal: attempt.signal,
    });
    return await parseResponse(response, requestedAt, clock);
  } catch {
    return fail(
      attempt.signal.reason === TIMED_OUT
        ? unavailable('The token endpoint took longer than 10 s.')
        : unavailable('The token endpoint cannot be reached. Check the network, CORS and the connect-src of the page’s CSP.'),
    );
  } finally {
    cancelDeadline();
    signal.removeEventListener('abort', abort);
    // Ends a body that was not read to its end.
    attempt.abort();
  }
}

async function parseResponse(response: Response, requestedAt: Instant, clock: Clock): Promise<Result<AccessTokenFields, TokenFailure>> {
  const { status, headers } = response;
  if (isRedirect(response)) {
    return fail(signedOut('The token endpoint redirects, as to a log-in page: the visitor is not signed in.'));
  }
  const nowMs = clock.now().wallMs;
  const serverNowMs = parseDateMs(headers.get('date'));
  if (status !== 200) {
    const explanation = hasErrorBody(status) ? await readJson(response) : undefined;
    const body = explanation?.ok === true ? explanation.value : undefined;
    return fail(toTokenFailure(status, { retryAfter: headers.get('retry-after'), nowMs: serverNowMs ?? nowMs, body }));
  }
  const body = await readJson(response);
  return body.ok ? parseTokenResponse(body.value, { requestedAt, nowMs, serverNowMs }) : body;
}

/** A visitor's clock may be a day off; the endpoint's is what an absolute expiry was written against. */
function parseDateMs(header: string | null): number | undefined {
  const dateMs = Date.parse(header ?? '');
  return Number.isNaN(dateMs) ? undefined : dateMs;
}
