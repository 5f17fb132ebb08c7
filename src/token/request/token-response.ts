/**
 * Parses the response of a token endpoint (or of a host's `getToken`) into an access token, or says what is wrong with it. Accepts several
 * spellings: our own form, Coze's own body, `{token, expiresAt}` and a `{data: …}` envelope.
 */
import type { Instant } from '../../core/clock.js';
import { fail, type Result, succeed } from '../../core/result.js';
import { anything, check, matching, members, named, refuse, type Shape, text, textUpTo } from '../../core/values/shape.js';
import type { AccessTokenFields, ConfirmedSubject } from '../access-token.js';
import { invalidResponse, type TokenFailure } from '../token-failure.js';
import { type ExpiryReference, toLifetimeMs } from './expiry.js';

const DEFAULT_LIFE_MS = 600_000;
const SHORTEST_LIFE_MS = 1_000;
/** The longest lifetime of Coze's tokens; a longer one is cut to this. */
const LONGEST_LIFE_MS = 24 * 3_600_000;

/** A header can carry printable ASCII without being split; RFC 6750 section 2.1 allows even less. */
const TOKEN = /^[\x21-\x7e]{1,16384}$/;
const WRONG = 'is not usable';

const tokenText = nullish((value) => matching(text(value), TOKEN, WRONG));
const time = nullish((value) => (Number.isFinite(value) ? (value as number) : textUpTo(64)(value)));
const subject = nullish((value) => (text(value) === '' ? refuse(WRONG) : textUpTo(128)(value)));

const tokenFields = members(
  {
    access_token: tokenText,
    accessToken: tokenText,
    token: tokenText,
    expires_in: time,
    expiresIn: time,
    expires_at: time,
    expiresAt: time,
    token_type: nullish(text),
    subject,
    new_visitor: anything,
    gateway: anything,
  },
  WRONG,
);
const envelope = members({ data: named(anything, WRONG) }, WRONG);

export interface ResponseTiming extends ExpiryReference {
  /** When the request was sent. */
  readonly requestedAt: Instant;
}

/** Parses a decoded body. Never throws for JSON; the failure names the invalid field, never its value. */
export function parseTokenResponse(body: unknown, { requestedAt, ...clocks }: ResponseTiming): Result<AccessTokenFields, TokenFailure> {
  const parsed = check(tokenFields, unwrap(body));
  if (!parsed.ok) {
    const [field] = parsed.error.path;
    return fail(
      invalidResponse(field === undefined ? 'The token response is not a JSON object.' : `The token response has no usable "${field}".`),
    );
  }
  const fields = parsed.value;

  const [value, ...others] = present([fields.access_token, fields.accessToken, fields.token]);
  if (value === undefined) return fail(invalidResponse('The token response has no "access_token".'));
  if (others.some((other) => other !== value)) return fail(invalidResponse('The token response names two different tokens.'));
  if (fields.token_type !== undefined && fields.token_type.toLowerCase() !== 'bearer') {
    return fail(invalidResponse('The token response has a "token_type" other than Bearer.'));
  }

  const lifetimeMs =
    toLifetimeMs(present([fields.expires_in, fields.expiresIn, fields.expires_at, fields.expiresAt]), clocks) ?? DEFAULT_LIFE_MS;
  if (!(lifetimeMs > 0)) return fail(invalidResponse('The token response has an expiry that is no time or has passed.'));

  return succeed({
    value,
    subject: fields.subject,
    requestedAt,
    lifetimeMs: Math.min(Math.max(lifetimeMs, SHORTEST_LIFE_MS), LONGEST_LIFE_MS),
    ...(fields.new_visitor === true && { isNewVisitor: true }),
    ...(fields.gateway === true && { isGateway: true }),
  });
}

/** Parses a response to `verify`, which is either a token or a subject alone. */
export function parseVerification(body: unknown, timing: ResponseTiming): Result<AccessTokenFields | ConfirmedSubject, TokenFailure> {
  const parsed = check(tokenFields, unwrap(body));
  if (!parsed.ok || parsed.value.subject == null || hasToken(parsed.value)) return parseTokenResponse(body, timing);
  return succeed({ subject: parsed.value.subject, requestedAt: timing.requestedAt });
}

/** Returns the content of the envelope, or `body` if the token is outside it. */
function unwrap(body: unknown): unknown {
  const enveloped = check(envelope, body);
  if (!enveloped.ok) return body;
  const outside = check(tokenFields, body);
  return outside.ok && hasToken(outside.value) ? body : enveloped.value.data;
}

function hasToken({ access_token, accessToken, token }: ReturnType<typeof tokenFields>): boolean {
  return present([access_token, accessToken, token]).length > 0;
}

/** Treats `null` as absent. */
function nullish<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value) => (value == null ? undefined : shape(value));
}

function present<T>(values: readonly (T | null | undefined)[]): T[] {
  return values.filter((value) => value != null);
}
