/**
 * Asks the host's token endpoint for the visitor's access token (the wire: `wire.ts`).
 * Sending and judging are apart: {@link requestToken} sends, `token-response.ts` and `failure.ts` judge.
 */
import { type Result, fail } from '../errors.js';
import { type AccessTokenFields } from './access-token.js';
import { type TokenFailure, failureOfStatus, invalid, signedOut, unavailable } from './failure.js';
import { type Clock, type Timers } from './time.js';
import { processTokenResponse } from './token-response.js';
import { type TokenRequestBody } from './wire.js';

/** One deadline for headers and body: an endpoint that answers byte by byte must not hold the chat for ever. */
const DEADLINE_MS = 10_000;
const LARGEST_BODY_BYTES = 64 * 1024;

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
  const deadline = new AbortController();
  const abort = (): void => deadline.abort();
  const cancelDeadline = timers.set(abort, DEADLINE_MS);
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
      signal: deadline.signal,
    });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      return fail(signedOut('The token endpoint redirects, as to a log-in page: the visitor is not signed in.'));
    }
    if (response.status !== 200) {
      return fail(failureOfStatus(response.status, response.headers.get('retry-after'), clock.now().wallMs));
    }
    if (!/^application\/([\w.-]+\+)?json\b/i.test(response.headers.get('content-type') ?? '')) {
      return fail(invalid('The token endpoint answered something other than JSON (content-type), perhaps a log-in page.'));
    }
    const text = await readText(response);
    if (text === undefined) return fail(invalid('The token endpoint answered more than 64 KiB.'));
    return processTokenResponse(parseJson(text), { requestedAt, serverNowMs: serverTimeMs(response, clock) });
  } catch {
    return fail(unavailable('The token endpoint cannot be reached, took longer than 10 s, or does not allow this origin (CORS).'));
  } finally {
    cancelDeadline();
    signal.removeEventListener('abort', abort);
    deadline.abort();
  }
}

/** The body as text, or `undefined` beyond the cap; what is over is never read. */
async function readText(response: Response): Promise<string | undefined> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  let bytes = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    bytes += chunk.value.byteLength;
    if (bytes > LARGEST_BODY_BYTES) return undefined;
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A visitor's clock may be a day off; the endpoint's is what an absolute expiry was written against. */
function serverTimeMs(response: Response, clock: Clock): number {
  const dateMs = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(dateMs) ? clock.now().wallMs : dateMs;
}
