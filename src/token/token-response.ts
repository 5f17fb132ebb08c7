/**
 * Turns what a token endpoint (or a host's `getToken`) answered into an access token, or says why it is none.
 * Tolerant in spelling, strict in substance: our own form, Coze's own body, `{token, expiresAt}` and a `{data: …}` envelope.
 */
import * as z from 'zod/mini';
import { type Result, fail, succeed } from '../errors.js';
import { type AccessTokenFields } from './access-token.js';
import { type TokenFailure, invalid } from './failure.js';
import { type Instant } from './time.js';

const DEFAULT_LIFE_MS = 600_000;
const SHORTEST_LIFE_MS = 1_000;
/** Coze's longest token; a longer claim is not believed. */
const LONGEST_LIFE_MS = 24 * 3_600_000;
/** Numbers above these cannot be durations: they are epoch seconds (Coze's `expires_in`) or epoch milliseconds. */
const EPOCH_SECONDS_FROM = 1e9;
const EPOCH_MILLISECONDS_FROM = 1e12;

/** RFC 6750 section 2.1 narrows it further; printable ASCII is what a header can carry without being split. */
const tokenText = z.nullish(z.string().check(z.regex(/^[\x21-\x7e]{1,16384}$/)));
const time = z.nullish(z.union([z.number(), z.string().check(z.maxLength(64))]));

const schema = z.object({
  access_token: tokenText,
  accessToken: tokenText,
  token: tokenText,
  expires_in: time,
  expiresIn: time,
  expires_at: time,
  expiresAt: time,
  token_type: z.nullish(z.string()),
  subject: z.nullish(z.string().check(z.minLength(1), z.maxLength(128))),
});
const envelope = z.object({ data: z.record(z.string(), z.unknown()) });

export interface ResponseTiming {
  /** When the request was sent. */
  readonly requestedAt: Instant;
  /** The server's wall clock as of its answer (`Date` header), else this machine's. */
  readonly serverNowMs: number;
}

/** Judges a parsed body. Never throws; the failure names the field that is wrong, never its value. */
export function processTokenResponse(body: unknown, { requestedAt, serverNowMs }: ResponseTiming): Result<AccessTokenFields, TokenFailure> {
  const inner = envelope.safeParse(body);
  const parsed = schema.safeParse(inner.success ? inner.data.data : body);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return fail(invalid(field === '' ? 'The token response is not a JSON object.' : `The token response has no usable "${field}".`));
  }
  const fields = parsed.data;

  const values = distinct([fields.access_token, fields.accessToken, fields.token]);
  const [value] = values;
  if (value === undefined) return fail(invalid('The token response has no "access_token".'));
  if (values.length > 1) return fail(invalid('The token response names two different tokens.'));
  if (fields.token_type != null && fields.token_type.toLowerCase() !== 'bearer') {
    return fail(invalid('The token response has a "token_type" other than Bearer.'));
  }

  const lives = [fields.expires_at ?? fields.expiresAt, fields.expires_in ?? fields.expiresIn]
    .filter((expiry) => expiry != null)
    .map((expiry) => lifeMsOf(expiry, serverNowMs));
  if (lives.some((lifeMs) => !(lifeMs > 0))) return fail(invalid('The token response has an expiry that is no time or has passed.'));
  const lifeMs = lives.length === 0 ? DEFAULT_LIFE_MS : Math.min(...lives);

  return succeed({
    value,
    subject: fields.subject ?? undefined,
    requestedAt,
    lifeMs: Math.min(Math.max(lifeMs, SHORTEST_LIFE_MS), LONGEST_LIFE_MS),
  });
}

/** Milliseconds of life left; `NaN` for what is no time. */
function lifeMsOf(expiry: number | string, serverNowMs: number): number {
  const number = typeof expiry === 'number' ? expiry : expiry.trim() === '' ? NaN : Number(expiry);
  if (Number.isNaN(number)) return typeof expiry === 'string' ? Date.parse(expiry) - serverNowMs : NaN;
  if (number > EPOCH_MILLISECONDS_FROM) return number - serverNowMs;
  if (number > EPOCH_SECONDS_FROM) return number * 1000 - serverNowMs;
  return number * 1000;
}

function distinct(values: readonly (string | null | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value != null))];
}
