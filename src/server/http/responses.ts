/** Builds every response of the endpoint, so that no status lacks a header. */
import { ownMembers, ownOptions } from '../../core/values/own-members.js';
import type { SubjectResponseBody, TokenErrorBody, TokenResponseBody } from '../../token/protocol.js';
import { type EndpointError, toWireError } from '../reporting/endpoint-error.js';
import { corsHeaders } from './origin.js';

export interface ResponseContext {
  readonly request: Request;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly requestId: string;
  readonly setCookie: string | undefined;
}

/** Responses must not be cached, read by another site or run as a script (RFC 6749 section 5.1, OWASP HTTP Headers). */
const PROTECTIVE_HEADERS = {
  'cache-control': 'no-store',
  pragma: 'no-cache',
  vary: 'Origin, Cookie, Authorization, Sec-Fetch-Site',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
} as const;

const PREFLIGHT_MAX_AGE_SECONDS = 600;

/** Sets `date` by the clock of `expires_at`: the server would set its own, which may be wrong. */
export function tokenResponse(body: TokenResponseBody | SubjectResponseBody, context: ResponseContext): Response {
  const date = 'expires_at' in body && { date: new Date((body.expires_at - body.expires_in) * 1000).toUTCString() };
  return jsonResponse(200, body, context, { ...date });
}

export function errorResponse(cause: EndpointError, context: ResponseContext): Response {
  const { status, error } = toWireError(cause);
  const body: TokenErrorBody = { error, request_id: context.requestId };
  return jsonResponse(status, body, context, {
    ...(status === 405 && { allow: 'POST, OPTIONS' }),
    ...(cause.retryAfterSeconds !== undefined && { 'retry-after': String(cause.retryAfterSeconds) }),
  });
}

/** The response to a CORS preflight. It has no permissions for an origin that is not allowed, so that the browser sends no request. */
export function preflightResponse({ request, allowedOrigins }: Pick<ResponseContext, 'request' | 'allowedOrigins'>): Response {
  const cors = corsHeaders(request, allowedOrigins);
  const permission = Object.hasOwn(cors, 'access-control-allow-origin') && {
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': String(PREFLIGHT_MAX_AGE_SECONDS),
  };
  return new Response(null, ownMembers({ status: 204, headers: { ...PROTECTIVE_HEADERS, ...cors, ...permission } }));
}

function jsonResponse(
  status: number,
  body: TokenResponseBody | SubjectResponseBody | TokenErrorBody,
  { request, allowedOrigins, setCookie }: ResponseContext,
  extra: Readonly<Record<string, string>> = {},
): Response {
  const headers = new Headers({
    ...PROTECTIVE_HEADERS,
    ...corsHeaders(request, allowedOrigins),
    ...extra,
    'content-type': 'application/json',
  });
  if (setCookie !== undefined) headers.append('set-cookie', setCookie);
  return new Response(JSON.stringify(body), ownOptions({ status, headers }));
}
