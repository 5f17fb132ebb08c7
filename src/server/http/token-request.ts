/** Parses a request before the visitor's identity is looked at: method, origin, media type, size, JSON. */
import { z } from 'zod';
import { type BodyError, readBoundedText } from '../../core/bounded-body.js';
import { systemTimers } from '../../core/clock.js';
import { withDeadline } from '../../core/deadline.js';
import { parseJson } from '../../core/parse-json.js';
import { fail, type Result, succeed } from '../../core/result.js';
import { TokenReason } from '../../token/protocol.js';
import type { ClientClaims } from '../identity/identity.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import { validateOrigin } from './origin.js';

const MAX_BODY_BYTES = 4096;
const BODY_TIMEOUT_MS = 5000;

/** Unknown keys are ignored, too. The same shape is in `openapi.json`. */
const bodySchema = z.object({
  user_id: z.string().min(1).nullish(),
  identity_token: z.string().min(1).nullish(),
  reason: z.string().nullish(),
});

/** What the browser claims, or why the request is not acceptable. */
export async function parseTokenRequest(
  request: Request,
  allowedOrigins: ReadonlySet<string>,
): Promise<Result<ClientClaims, EndpointError>> {
  if (request.method !== 'POST') return fail({ reason: 'method_not_allowed' });
  const origin = validateOrigin(request, allowedOrigins);
  if (!origin.ok) return fail({ reason: origin.error });
  if (!isJson(request.headers)) return fail({ reason: 'not_json' });
  if (Number(request.headers.get('content-length')) > MAX_BODY_BYTES) return fail({ reason: 'body_too_large' });

  const text = await readBody(request);
  return text.ok ? parseClaims(text.value) : text;
}

/** A form or an `<img>` of another site cannot send this media type without asking first (Fetch, "CORS-safelisted request-header"). */
function isJson(headers: Headers): boolean {
  const mediaType = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  return mediaType === 'application/json' && (headers.get('content-encoding') ?? 'identity') === 'identity';
}

async function readBody(request: Request): Promise<Result<string, EndpointError>> {
  const reasons = { too_large: 'body_too_large', not_utf8: 'body_malformed' } as const satisfies Record<BodyError, string>;
  const deadline = { durationMs: BODY_TIMEOUT_MS, timers: systemTimers, signal: request.signal };
  try {
    const text = await withDeadline(() => readBoundedText(request.body, MAX_BODY_BYTES), deadline);
    return text.ok ? text : fail({ reason: reasons[text.error] });
  } catch {
    return fail({ reason: 'body_unreadable' });
  }
}

function parseClaims(text: string): Result<ClientClaims, EndpointError> {
  const json = parseJson(text.trim() === '' ? '{}' : text);
  const body = bodySchema.safeParse(json.ok ? json.value : undefined);
  if (!body.success) return fail({ reason: 'body_malformed' });
  const { user_id: userId, identity_token: identityToken, reason } = body.data;
  return succeed({ reason: parseReason(reason), ...(userId && { userId }), ...(identityToken && { identityToken }) });
}

const TOKEN_REASONS: readonly TokenReason[] = Object.values(TokenReason);

/** An older backend need not know the reasons of a newer element. */
function parseReason(text: unknown): TokenReason {
  return TOKEN_REASONS.find((reason) => reason === text) ?? TokenReason.Initial;
}
