/** Errors of the token endpoint: a precise reason for the operator, and a fixed code on the wire that reveals nothing to an attacker. */
import { TokenEndpointError } from '../../token/protocol.js';

/** Status and code on the wire for every reason, as in `openapi.json`. */
const WIRE_ERRORS = {
  method_not_allowed: { status: 405, error: TokenEndpointError.MethodNotAllowed },
  foreign_origin: { status: 403, error: TokenEndpointError.ForbiddenOrigin },
  no_origin: { status: 403, error: TokenEndpointError.ForbiddenOrigin },
  not_json: { status: 415, error: TokenEndpointError.UnsupportedMediaType },
  body_too_large: { status: 413, error: TokenEndpointError.BodyTooLarge },
  body_unreadable: { status: 400, error: TokenEndpointError.InvalidRequest },
  body_lost: { status: 400, error: TokenEndpointError.InvalidRequest },
  body_malformed: { status: 400, error: TokenEndpointError.InvalidRequest },

  not_signed_in: { status: 401, error: TokenEndpointError.Unauthenticated },
  identity_refused: { status: 401, error: TokenEndpointError.Unauthenticated },
  identity_mismatch: { status: 403, error: TokenEndpointError.IdentityMismatch },
  identify_failed: { status: 500, error: TokenEndpointError.IdentityError },
  identity_unusable: { status: 500, error: TokenEndpointError.IdentityError },
  session_name_unusable: { status: 500, error: TokenEndpointError.IdentityError },

  address_rate_limited: { status: 429, error: TokenEndpointError.RateLimited },
  new_visitors_rate_limited: { status: 429, error: TokenEndpointError.RateLimited },
  subject_rate_limited: { status: 429, error: TokenEndpointError.RateLimited },

  signing_failed: { status: 500, error: TokenEndpointError.ServerError },
  unexpected: { status: 500, error: TokenEndpointError.ServerError },

  coze_rejected: { status: 500, error: TokenEndpointError.UpstreamRejected },
  coze_answer_invalid: { status: 502, error: TokenEndpointError.UpstreamInvalid },
  coze_rate_limited: { status: 503, error: TokenEndpointError.UpstreamUnavailable },
  coze_unavailable: { status: 503, error: TokenEndpointError.UpstreamUnavailable },
  client_disconnected: { status: 503, error: TokenEndpointError.UpstreamUnavailable },
  coze_timeout: { status: 504, error: TokenEndpointError.UpstreamTimeout },
} as const satisfies Record<string, { readonly status: number; readonly error: TokenEndpointError }>;

/** The precise reason of a `request_refused` event. */
export type RefusalReason = keyof typeof WIRE_ERRORS;

/** What Coze responded, reduced to what is safe to log. */
export interface UpstreamTrace {
  /** HTTP status. */
  readonly status?: number;
  /** Coze's `error_code` or numeric `code`, if it is one the documentation knows; `other` if not. */
  readonly code?: string;
  /** `x-tt-logid`: what Coze's support asks for. */
  readonly logId?: string;
}

export interface EndpointError {
  readonly reason: RefusalReason;
  /** A word from a closed vocabulary that narrows the reason down, such as `id_blank` for an unusable identity. */
  readonly detail?: string;
  /** Where a function of the host threw. */
  readonly at?: string;
  readonly upstream?: UpstreamTrace;
  readonly retryAfterSeconds?: number;
}

export function toWireError({ reason }: EndpointError): { readonly status: number; readonly error: TokenEndpointError } {
  return WIRE_ERRORS[reason];
}
