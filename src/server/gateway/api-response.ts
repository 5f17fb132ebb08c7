/** Builds every response of the gateway's API: with headers of our own, none of Coze's. */
import { ownMembers, ownOptions } from '../../core/values/own-members.js';
import { corsHeaders } from '../http/origin.js';
import type { ApiProblem } from './api-problem.js';

export interface ApiResponseContext {
  readonly request: Request;
  readonly allowedOrigins: ReadonlySet<string>;
}

const PROTECTIVE_HEADERS = {
  // Proxies must neither store an answer nor buffer it for compression.
  'cache-control': 'no-store, no-transform',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  vary: 'Origin, Authorization',
} as const;

const PREFLIGHT_MAX_AGE_SECONDS = '600';

export function jsonResponse(
  body: object,
  context: ApiResponseContext,
  status = 200,
  extra: Readonly<Record<string, string>> = {},
): Response {
  return respond(JSON.stringify(body), { ...extra, 'content-type': 'application/json' }, context, status);
}

export function problemResponse({ wire, details }: ApiProblem, context: ApiResponseContext): Response {
  const { retryAfterSeconds } = details;
  const retryAfter: Record<string, string> = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return jsonResponse({ code: wire.code, msg: wire.msg }, context, wire.status, retryAfter);
}

export function streamResponse(body: ReadableStream<Uint8Array> | string, contentType: string, context: ApiResponseContext): Response {
  // nginx buffers streamed responses unless this header disables it.
  return respond(body, { 'content-type': contentType, 'x-accel-buffering': 'no' }, context, 200);
}

/** Without permissions for an origin that is not allowed: the browser then sends no request. */
export function preflightResponse({ request, allowedOrigins }: ApiResponseContext): Response {
  const cors = corsHeaders(request, allowedOrigins);
  const permission = Object.hasOwn(cors, 'access-control-allow-origin') && {
    'access-control-allow-methods': 'GET, POST, PUT, DELETE',
    'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? 'authorization, content-type',
    'access-control-max-age': PREFLIGHT_MAX_AGE_SECONDS,
  };
  return new Response(null, ownMembers({ status: 204, headers: { ...PROTECTIVE_HEADERS, ...cors, ...permission } }));
}

function respond(
  body: string | ReadableStream<Uint8Array>,
  headers: Readonly<Record<string, string>>,
  { request, allowedOrigins }: ApiResponseContext,
  status: number,
): Response {
  const all = { ...PROTECTIVE_HEADERS, ...corsHeaders(request, allowedOrigins), ...headers };
  return new Response(body, ownOptions({ status, headers: ownOptions(all) }));
}
