/**
 * Turns what a token endpoint (or a host's `getToken`) answered into an access token, or says why it is none.
 * Tolerant in spelling, strict in substance: our own form, Coze's own body, `{token, expiresAt}` and a `{data: …}` envelope.
 */
import * as z from 'zod/mini';
import type { Instant } from '../../core/clock.js';
import { fail, type Result, succeed } from '../../core/result.js';
import type { AccessTokenFields, ConfirmedSubject } from '../access-token.js';
import { invalidResponse, type TokenFailure } from '../token-failure.js';
import { type ExpiryReference, toLifetimeMs } from './expiry.js';

const DEFAULT_LIFE_MS = 600_000;
const SHORTEST_LIFE_MS = 1_000;
/** Coze's longest token; a longer claim is not believed. */
const LONGEST_LIFE_MS = 24 * 3_600_000;

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
  new_visitor: z.optional(z.unknown()),
  gateway: z.optional(z.unknown()),
});
const envelope = z.object({ data: z.record(z.string(), z.unknown()) });

export interface ResponseTiming extends ExpiryReference {
  /** When the request was sent. */
  readonly requestedAt: Instant;
}

/** Judges a parsed body. Never throws for JSON; the failure names the field that is wrong, never its value. */
export function parseTokenResponse(body: unknown, { requestedAt, ...clocks }: ResponseTiming): Result<AccessTokenFields, TokenFailure> {
  const parsed = schema.safeParse(unwrap(body));
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return fail(
      invalidResponse(field === '' ? 'The token response is not a JSON object.' : `The token response has no usable "${field}".`),
    );
  }
  const fields = parsed.data;

  const [value, ...others] = present([fields.access_token, fields.accessToken, fields.token]);
  if (value === undefined) return fail(invalidResponse('The token response has no "access_token".'));
  if (others.some((other) => other !== value)) return fail(invalidResponse('The token response names two different tokens.'));
  if (fields.token_type != null && fields.token_type.toLowerCase() !== 'bearer') {
    return fail(invalidResponse('The token response has a "token_type" other than Bearer.'));
  }

  const lifetimeMs =
    toLifetimeMs(present([fields.expires_in, fields.expiresIn, fields.expires_at, fields.expiresAt]), clocks) ?? DEFAULT_LIFE_MS;
  if (!(lifetimeMs > 0)) return fail(invalidResponse('The token response has an expiry that is no time or has passed.'));

  return succeed({
    value,
    subject: fields.subject ?? undefined,
    requestedAt,
    lifetimeMs: Math.min(Math.max(lifetimeMs, SHORTEST_LIFE_MS), LONGEST_LIFE_MS),
    ...(fields.new_visitor === true && { isNewVisitor: true }),
    ...(fields.gateway === true && { isGateway: true }),
  });
}

/** Judges a response to `verify`, which may be a token, or whose the tokens are. */
export function parseVerification(body: unknown, timing: ResponseTiming): Result<AccessTokenFields | ConfirmedSubject, TokenFailure> {
  const parsed = schema.safeParse(unwrap(body));
  const { subject, access_token, accessToken, token } = parsed.data ?? {};
  if (subject == null || present([access_token, accessToken, token]).length > 0) return parseTokenResponse(body, timing);
  return succeed({ subject, requestedAt: timing.requestedAt });
}

/** What lies in the envelope, unless the token lies outside it. */
function unwrap(body: unknown): unknown {
  const enveloped = envelope.safeParse(body);
  if (!enveloped.success) return body;
  const outside = schema.safeParse(body);
  const isOutside = outside.success && present([outside.data.access_token, outside.data.accessToken, outside.data.token]).length > 0;
  return isOutside ? body : enveloped.data.data;
}

function present<T>(values: readonly (T | null | undefined)[]): T[] {
  return values.filter((value) => value != null);
}
