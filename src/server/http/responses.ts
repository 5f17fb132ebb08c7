/** Builds every answer of the endpoint, so that no status can forget a header. */
import type { TokenErrorBody, TokenResponseBody } from '../../token/protocol.js';
import { corsHeaders } from './origin.js';
import { refusalOnTheWire, type Refusal } from '../reporting/refusal.js';

export interface AnswerContext {
  readonly request: Request;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly requestId: string;
  readonly setCookie?: string;
}

/** Nothing here may be kept by a cache, read by another site or taken for a script (RFC 6749 section 5.1, OWASP HTTP Headers). */
const protectiveHeaders = {
  'cache-control': 'no-store',
  pragma: 'no-cache',
  vary: 'Origin, Cookie, Authorization, Sec-Fetch-Site',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
} as const;

const preflightMaxAgeSeconds = 600;

export const tokenAnswer = (body: TokenResponseBody, context: AnswerContext): Response => jsonAnswer(200, body, context);

export function refusalAnswer(refusal: Refusal, context: AnswerContext): Response {
  const { status, error } = refusalOnTheWire(refusal);
  const body: TokenErrorBody = { error, request_id: context.requestId };
  return jsonAnswer(status, body, context, {
    ...(status === 405 && { allow: 'POST, OPTIONS' }),
    ...(refusal.retryAfterSeconds !== undefined && { 'retry-after': String(refusal.retryAfterSeconds) }),
  });
}

/** The answer to a CORS preflight. A page of an origin that is not allowed finds no permission in it, and its browser stops there. */
export function preflightAnswer({ request, allowedOrigins }: AnswerContext): Response {
  const cors = corsHeaders(request, allowedOrigins);
  const permission = 'access-control-allow-origin' in cors && {
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': String(preflightMaxAgeSeconds),
  };
  return new Response(null, { status: 204, headers: { ...protectiveHeaders, ...cors, ...permission } });
}

function jsonAnswer(
  status: number,
  body: TokenResponseBody | TokenErrorBody,
  { request, allowedOrigins, setCookie }: AnswerContext,
  extra: Readonly<Record<string, string>> = {},
): Response {
  const headers = new Headers({
    ...protectiveHeaders,
    ...corsHeaders(request, allowedOrigins),
    ...extra,
    'content-type': 'application/json',
  });
  if (setCookie !== undefined) headers.append('set-cookie', setCookie);
  return new Response(JSON.stringify(body), { status, headers });
}
