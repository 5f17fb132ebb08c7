/** Parses a request before the visitor is identified: method, origin, media type, size, JSON. */
import { z } from 'zod';
import { type BodyError, readBoundedText } from '../../core/bounded-body.js';
import { systemTimers } from '../../core/clock.js';
import { withDeadline } from '../../core/deadline.js';
import { fail, type Result, succeed } from '../../core/result.js';
import { ownOptions } from '../../core/values/own-members.js';
import { parseJson } from '../../core/values/parse-json.js';
import { TokenReason } from '../../token/protocol.js';
import { safeParseOwn } from '../config/schema.js';
import type { ClientClaims } from '../identity/identity.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import { validateOrigin } from './origin.js';
import { announcesBody, findParsedBody } from './parsed-body.js';

const MAX_BODY_BYTES = 4096;
const BODY_TIMEOUT_MS = 5000;

/** Unknown keys are ignored. `openapi.json` has the same schema. */
const bodySchema = z.object({
  user_id: z.string().min(1).nullish(),
  identity_token: z.string().min(1).nullish(),
  reason: z.string().nullish(),
});

/**
 * Returns the browser's claims, or why the request is invalid.
 *
 * @param context what the server passed with the request; it may have a body that was already parsed
 */
export async function parseTokenRequest(
  request: Request,
  allowedOrigins: ReadonlySet<string>,
  context: unknown,
): Promise<Result<ClientClaims, EndpointError>> {
  if (request.method !== 'POST') return fail({ reason: 'method_not_allowed' });
  const origin = validateOrigin(request, allowedOrigins);
  if (!origin.ok) return fail({ reason: origin.error });
  if (!isJson(request.headers)) return fail({ reason: 'not_json' });
  if (Number(request.headers.get('content-length')) > MAX_BODY_BYTES) return fail({ reason: 'body_too_large' });

  const wasRead = request.bodyUsed;
  const text = wasRead ? succeed('') : await readBody(request);
  if (!text.ok) return text;
  if (text.value !== '' || !(wasRead || announcesBody(request))) return parseClaims(text.value);
  return parseParsedBody(findParsedBody(context));
}

/** A lost body is an error, because the claimed visitor could not be compared with that of the session. */
function parseParsedBody(text: string | undefined): Result<ClientClaims, EndpointError> {
  if (text === undefined) return fail({ reason: 'body_lost' });
  return new TextEncoder().encode(text).length > MAX_BODY_BYTES ? fail({ reason: 'body_too_large' }) : parseClaims(text);
}

/** A form or an `<img>` of another site cannot send this media type without a preflight (Fetch, "CORS-safelisted request-header"). */
function isJson(headers: Headers): boolean {
  const mediaType = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  return mediaType === 'application/json' && (headers.get('content-encoding') ?? 'identity') === 'identity';
}

async function readBody(request: Request): Promise<Result<string, EndpointError>> {
  const reasons = { too_large: 'body_too_large', not_utf8: 'body_malformed' } as const satisfies Record<BodyError, string>;
  const deadline = { durationMs: BODY_TIMEOUT_MS, timers: systemTimers, signal: request.signal };
  try {
    const text = await withDeadline((signal) => readBoundedText(request.body, MAX_BODY_BYTES, signal), deadline);
    return text.ok ? text : fail({ reason: reasons[text.error] });
  } catch {
    return fail({ reason: 'body_unreadable' });
  }
}

function parseClaims(text: string): Result<ClientClaims, EndpointError> {
  const json = parseJson(text.trim() === '' ? '{}' : text);
  const body = safeParseOwn(bodySchema, json.ok ? json.value : undefined);
  if (!body.success) return fail({ reason: 'body_malformed' });
  const { user_id: userId, identity_token: identityToken, reason } = body.data;
  return succeed(ownOptions({ reason: parseReason(reason), ...(userId && { userId }), ...(identityToken && { identityToken }) }));
}

const TOKEN_REASONS: readonly TokenReason[] = Object.values(TokenReason);

/** A newer element may send reasons that this server does not know. */
function parseReason(text: unknown): TokenReason {
  return TOKEN_REASONS.find((reason) => reason === text) ?? TokenReason.Initial;
}
