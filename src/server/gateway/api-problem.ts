/** Why the gateway refuses or fails a call of the chat: a precise reason for the operator, Coze's code for the chat, and nothing else. */
import { ownOptions } from '../../core/values/own-members.js';
import type { UpstreamTrace } from '../reporting/endpoint-error.js';

/** Status and code on the wire. The chat treats the code as Coze's, so each is the one that Coze uses for the same problem. */
const WIRE = {
  unknown_endpoint: { status: 404, code: 4000, msg: 'The gateway has no such endpoint.' },
  bad_request: { status: 400, code: 4000, msg: 'The request is not as the gateway expects it.' },
  body_too_large: { status: 413, code: 4000, msg: 'The body is too large.' },
  body_unreadable: { status: 400, code: 4000, msg: 'The body cannot be read.' },
  token_invalid: { status: 401, code: 700012006, msg: 'The access token is not valid.' },
  bot_foreign: { status: 200, code: 4200, msg: 'The bot is not available.' },
  conversation_foreign: { status: 200, code: 4002, msg: 'The conversation is not available.' },
  chat_foreign: { status: 200, code: 4001, msg: 'The chat is not available.' },
  file_foreign: { status: 200, code: 4304, msg: 'The file is not available.' },
  file_missing: { status: 200, code: 4300, msg: 'Exactly one file must be sent.' },
  file_too_large: { status: 200, code: 4302, msg: 'The file is too large.' },
  file_type: { status: 200, code: 4303, msg: 'Files of this type are not taken.' },
  visitor_limited: { status: 429, code: 4020, msg: 'Too many requests.' },
  address_limited: { status: 429, code: 4020, msg: 'Too many requests.' },
  site_limited: { status: 429, code: 4020, msg: 'Too many requests.' },
  too_many_answers: { status: 429, code: 4020, msg: 'Too many answers at once.' },
  hook_failed: { status: 500, code: 5000, msg: 'The service is not available.' },
  unexpected: { status: 500, code: 5000, msg: 'The service is not available.' },
  upstream_limited: { status: 429, code: 4020, msg: 'Too many requests.' },
  no_upstream_token: { status: 502, code: 5000, msg: 'The service is not available.' },
  upstream_rejected: { status: 502, code: 5000, msg: 'The service is not available.' },
  upstream_invalid: { status: 502, code: 5000, msg: 'The service is not available.' },
  upstream_unavailable: { status: 502, code: 5000, msg: 'The service is not available.' },
  upstream_timeout: { status: 504, code: 5000, msg: 'The service did not answer in time.' },
  client_disconnected: { status: 502, code: 5000, msg: 'The service is not available.' },
} as const satisfies Record<string, { readonly status: number; readonly code: number; readonly msg: string }>;

/** The precise reason of a `call_refused` event; `coze_refused` if Coze itself refused the call. */
export type CallReason = keyof typeof WIRE | 'coze_refused';

export interface WireProblem {
  readonly status: number;
  readonly code: number;
  readonly msg: string;
}

interface ProblemDetails {
  readonly upstream?: UpstreamTrace | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** A word that narrows the reason down: the invalid field, or the reason of the exchange. */
  readonly detail?: string | undefined;
}

/** Thrown inside the gateway, which responds with the wire's form. */
export class ApiProblem extends Error {
  readonly reason: CallReason;
  readonly wire: WireProblem;
  readonly details: ProblemDetails;

  constructor(reason: keyof typeof WIRE, details: ProblemDetails = {}) {
    super(reason);
    this.reason = reason;
    this.wire = WIRE[reason];
    this.details = ownOptions(details);
  }

  /** A problem with Coze's own code, without Coze's message. */
  static ofCoze(code: number, status: number): ApiProblem {
    const problem = new ApiProblem('unexpected', { upstream: { status, code: String(code) } });
    return Object.assign(problem, {
      reason: 'coze_refused',
      wire: { status: toWireStatus(status), code, msg: `Coze answered with code ${code}.` },
    });
  }
}

/** A 401 would make the chat renew a valid token. */
function toWireStatus(status: number): number {
  return status < 400 || status === 400 || status === 404 || status === 429 ? status : 502;
}

/** A response without a code of Coze's: of its load balancer, or of a proxy before it. */
export function toUpstreamProblem(status: number): ApiProblem {
  const reason = status === 429 ? 'upstream_limited' : status >= 500 ? 'upstream_unavailable' : 'upstream_invalid';
  return new ApiProblem(reason, { upstream: { status } });
}

/** @param waitMs until the limit allows a request again; `undefined` if it is not reached */
export function throwAtLimit(waitMs: number | undefined, reason: 'visitor_limited' | 'address_limited' | 'site_limited'): void {
  if (waitMs !== undefined) throw new ApiProblem(reason, { retryAfterSeconds: Math.max(Math.ceil(waitMs / 1000), 1) });
}
