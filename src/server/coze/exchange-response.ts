/** Parses the response of Coze's token endpoint. Pure: depends only on the response and the time. */
import { z } from 'zod';
import { parseHttpDate } from '../../core/http-date.js';
import { fail, type Result, succeed } from '../../core/result.js';
import { parseRetryAfterMs } from '../../core/retry-after.js';
import { parseJson } from '../../core/values/parse-json.js';
import { safeParseOwn } from '../config/schema.js';
import { MAX_SECONDS_BEHIND } from '../crypto/assertion.js';
import type { EndpointError, RefusalReason, UpstreamTrace } from '../reporting/endpoint-error.js';
import { isAccountToken } from './account-token.js';
import type { ExchangeResponse } from './exchange-request.js';

export interface CozeAccessToken {
  readonly value: string;
  /** Epoch seconds, by Coze's clock. */
  readonly expiresAt: number;
  /** Seconds from the moment Coze responded. */
  readonly expiresIn: number;
}

/** Characters that are safe in a header; at least as long as a secret has to be. */
const TOKEN_PATTERN = /^[\x21-\x7e]{8,16384}$/;
const MAX_LIFETIME_SECONDS = 86_400;
/** The smallest `expires_in` that is an epoch time (in 2001); a smaller one is a duration (of up to 31 years). */
const EPOCH_SECONDS_FROM = 1_000_000_000;

const successSchema = z.object({
  access_token: z.string().regex(TOKEN_PATTERN),
  expires_in: z.number().int().positive(),
  // Coze's other endpoints report failures by a code in a 200 response.
  code: z.literal(0).optional(),
});

const errorSchema = z.object({
  error_code: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  code: z.number().int().optional().catch(undefined),
});

/** Reasons by Coze's documented error names and codes; for any other response the status decides. */
const REASONS_BY_CODE: Readonly<Record<string, RefusalReason>> = {
  invalid_request: 'coze_rejected',
  invalid_client: 'coze_rejected',
  unsupported_grant_type: 'coze_rejected',
  access_deny: 'coze_rejected',
  internal_error: 'coze_unavailable',
  '4000': 'coze_rejected',
  '4100': 'coze_rejected',
  '4101': 'coze_rejected',
  '700012006': 'coze_rejected',
  '4009': 'coze_rate_limited',
  '4020': 'coze_rate_limited',
  '5000': 'coze_unavailable',
};

export interface ExchangeContext {
  /** Epoch seconds by the clock that dated the assertion. */
  readonly nowSeconds: number;
  /** The requested lifetime. */
  readonly durationSeconds: number;
}

export function parseExchangeResponse(response: ExchangeResponse, context: ExchangeContext): Result<CozeAccessToken, EndpointError> {
  const json = parseJson(response.text ?? '');
  const body = json.ok ? json.value : undefined;
  if (response.status === 200) {
    const success = safeParseOwn(successSchema, body);
    if (success.success) return parseToken(success.data, response, context);
  }
  return fail(toEndpointError(response, body, responseTimeSeconds(response.headers) ?? context.nowSeconds));
}

/** Coze's time of the response, from its `Date` header. */
export function responseTimeSeconds(headers: Headers): number | undefined {
  const timeMs = parseHttpDate(headers.get('date') ?? '');
  return timeMs === undefined ? undefined : timeMs / 1000;
}

/** Coze documents `expires_in` as an absolute epoch time; a small number can only be a duration. */
function parseToken(
  { access_token: value, expires_in: expiry }: z.infer<typeof successSchema>,
  response: ExchangeResponse,
  { nowSeconds, durationSeconds }: ExchangeContext,
): Result<CozeAccessToken, EndpointError> {
  if (isAccountToken(value)) return fail(invalidResponse('not_isolated', response));
  const rest =
    expiry < EPOCH_SECONDS_FROM ? { startSeconds: nowSeconds, lifetime: expiry } : restUntil(expiry, nowSeconds, response.headers);
  if (rest === undefined) return fail(invalidResponse('already_expired', response));
  if (rest.lifetime > MAX_LIFETIME_SECONDS + MAX_SECONDS_BEHIND) return fail(invalidResponse('absurd_expiry', response));
  const expiresIn = Math.min(rest.lifetime, durationSeconds);
  return succeed({ value, expiresIn, expiresAt: rest.startSeconds + expiresIn });
}

interface RestOfLifetime {
  readonly startSeconds: number;
  readonly lifetime: number;
}

/**
 * The shorter of the lifetimes by `Date` and by the clock that dated the assertion: either may be wrong, and an early renewal does no harm. Ignores a
 * `Date` at which Coze could not have accepted the assertion, because it is a proxy's. `undefined` if the token has expired by both.
 */
function restUntil(expirySeconds: number, nowSeconds: number, headers: Headers): RestOfLifetime | undefined {
  const cozeSeconds = responseTimeSeconds(headers) ?? nowSeconds;
  const starts = cozeSeconds - nowSeconds > MAX_SECONDS_BEHIND ? [nowSeconds] : [cozeSeconds, nowSeconds];
  return starts
    .map((startSeconds) => ({ startSeconds, lifetime: expirySeconds - startSeconds }))
    .filter(({ lifetime }) => lifetime > 0)
    .sort((one, other) => one.lifetime - other.lifetime)[0];
}

function toEndpointError(response: ExchangeResponse, body: unknown, nowSeconds: number): EndpointError {
  const code = getDocumentedCode(body);
  const reason =
    (code !== undefined && Object.hasOwn(REASONS_BY_CODE, code) ? REASONS_BY_CODE[code] : undefined) ?? toReason(response.status);
  const error: EndpointError = { reason, upstream: toTrace(response, code) };
  if (reason !== 'coze_rate_limited') return error;
  const retryAfterMs = parseRetryAfterMs(response.headers.get('retry-after'), nowSeconds * 1000) ?? 0;
  return { ...error, retryAfterSeconds: Math.max(Math.ceil(retryAfterMs / 1000), 1) };
}

function getDocumentedCode(json: unknown): string | undefined {
  const body = safeParseOwn(errorSchema, json);
  if (!body.success) return undefined;
  const { error_code: word, error, code } = body.data;
  const found = word ?? error ?? (code === undefined || code === 0 ? undefined : String(code));
  return found === undefined || Object.hasOwn(REASONS_BY_CODE, found) ? found : 'other';
}

function toReason(status: number): RefusalReason {
  if (status === 429) return 'coze_rate_limited';
  if (status >= 500) return 'coze_unavailable';
  if (status >= 400) return 'coze_rejected';
  return 'coze_answer_invalid';
}

function invalidResponse(detail: string, response: ExchangeResponse): EndpointError {
  return { reason: 'coze_answer_invalid', detail, upstream: toTrace(response) };
}

function toTrace({ status, headers }: ExchangeResponse, code?: string): UpstreamTrace {
  const logId = headers.get('x-tt-logid');
  const isSafe = logId !== null && /^[0-9A-Fa-f]{8,64}$/.test(logId);
  return { status, ...(code !== undefined && { code }), ...(isSafe && { logId }) };
}
