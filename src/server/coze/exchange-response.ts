/** Judges what Coze's token endpoint answered. Pure: what the answer says and what time it is decide everything. */
import { z } from 'zod';
import { fail, type Result, succeed } from '../../core/result.js';
import type { EndpointError, RefusalReason, UpstreamTrace } from '../reporting/endpoint-error.js';
import type { ExchangeResponse } from './exchange-request.js';

export interface CozeAccessToken {
  readonly value: string;
  /** Epoch seconds, by Coze's clock. */
  readonly expiresAt: number;
  /** Seconds from the moment Coze answered. */
  readonly expiresIn: number;
}

/** Header-safe; long enough to be a secret, short enough to be a token. */
const TOKEN_PATTERN = /^[\x21-\x7e]{8,16384}$/;
/** A personal or service access token belongs to an account, not to a visitor: everybody who gets one shares a history. */
const ACCOUNT_TOKEN = /^(pat|sat)_/i;
const MAX_LIFETIME_SECONDS = 86_400;
/** Between a duration and a time: 2001 as an epoch time, 31 years as a duration. */
const EPOCH_SECONDS_FROM = 1_000_000_000;
const MAX_RETRY_AFTER_SECONDS = 900;

const successSchema = z.object({
  access_token: z.string().regex(TOKEN_PATTERN),
  expires_in: z.number().int().positive(),
  // Elsewhere in Coze's API a failure is a 200 with another code.
  code: z.literal(0).optional(),
});

const errorSchema = z.object({
  error_code: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  code: z.number().int().optional().catch(undefined),
});

/** Documented words and numbers, and what they mean here; anything else is judged by its status. */
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

export function parseExchangeResponse(answer: ExchangeResponse, nowSeconds: number): Result<CozeAccessToken, EndpointError> {
  const json = parseJson(answer.text);
  if (answer.status === 200) {
    const success = successSchema.safeParse(json);
    if (success.success) return parseToken(success.data, responseTimeSeconds(answer.headers) ?? nowSeconds, answer);
  }
  return fail(toEndpointError(answer, json));
}

/** Coze's time when it answered, if it says so. */
export function responseTimeSeconds(headers: Headers): number | undefined {
  const timeMs = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(timeMs) ? undefined : Math.floor(timeMs / 1000);
}

/** Coze documents `expires_in` as an absolute epoch time; a small number can only be a duration. */
function parseToken(
  { access_token: value, expires_in: expiry }: z.infer<typeof successSchema>,
  nowSeconds: number,
  answer: ExchangeResponse,
): Result<CozeAccessToken, EndpointError> {
  if (ACCOUNT_TOKEN.test(value)) return fail(invalidResponse('not_isolated', answer));
  const expiresIn = expiry < EPOCH_SECONDS_FROM ? expiry : expiry - nowSeconds;
  if (expiresIn <= 0) return fail(invalidResponse('already_expired', answer));
  if (expiresIn > MAX_LIFETIME_SECONDS) return fail(invalidResponse('absurd_expiry', answer));
  return succeed({ value, expiresIn, expiresAt: nowSeconds + expiresIn });
}

function toEndpointError(answer: ExchangeResponse, json: unknown): EndpointError {
  const code = getDocumentedCode(json);
  const reason = (code !== undefined ? REASONS_BY_CODE[code] : undefined) ?? toReason(answer.status);
  const refusal: EndpointError = { reason, upstream: toTrace(answer, code) };
  if (reason === 'coze_rate_limited') return { ...refusal, retryAfterSeconds: retryAfterSeconds(answer.headers) };
  return refusal;
}

function getDocumentedCode(json: unknown): string | undefined {
  const body = errorSchema.safeParse(json);
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

function invalidResponse(detail: string, answer: ExchangeResponse): EndpointError {
  return {
    reason: 'coze_answer_invalid',
    detail,
    upstream: toTrace(answer),
  };
}

function toTrace({ status, headers }: ExchangeResponse, code?: string): UpstreamTrace {
  const logId = headers.get('x-tt-logid');
  const isSafe = logId !== null && /^[0-9A-Fa-f]{8,64}$/.test(logId);
  return { status, ...(code !== undefined && { code }), ...(isSafe && { logId }) };
}

/** RFC 9110 section 10.2.3: seconds or a date. Something between a second and a quarter of an hour is sane. */
function retryAfterSeconds(headers: Headers): number {
  const text = headers.get('retry-after') ?? '';
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - Date.parse(headers.get('date') ?? '')) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), MAX_RETRY_AFTER_SECONDS) : 1;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
