/**
 * Who is asking. The host's `identify` proves it; what the browser says about itself is only ever compared with the proof.
 */
import { DeadlineError, hostTimeoutMs, withDeadline } from '../../core/deadline.js';
import { fail, type Result, succeed } from '../../core/result.js';
import type { TokenReason } from '../../token/protocol.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import { type IdentifierError, parseIdentifier } from './identifier.js';

/** What the browser claims, unproven. */
export interface ClientClaims {
  readonly userId?: string;
  /** A JWT that may prove `userId`; see `verifyIdentityToken`. */
  readonly identityToken?: string;
  readonly reason: TokenReason;
}

/** A proven person. */
export interface Identity {
  /** Unique and stable within the tenant. Numbers must come as strings or bigints. */
  readonly id: string | bigint;
  /** Keeps equal ids of different customers apart. */
  readonly tenant?: string | bigint;
  /** A complete `Set-Cookie` value to send with the answer. */
  readonly setCookie?: string;
}

/** Evidence was shown and is bad: 401, and no other strategy is asked. `refused` is a word for the operator's log. */
export interface IdentityRefusal {
  readonly refused: string;
}

/** `null`: there is no evidence of anybody here. Alone that is a 401; in `firstIdentityOf` the next strategy is asked. */
export type IdentityAnswer = Identity | IdentityRefusal | null;

/**
 * Says who sent the request, within 5 s. Its body has been read already; what it said is in `claims`. `context` is whatever the server gave the
 * endpoint beside the request.
 */
export type Identify<Context = unknown> = (
  request: Request,
  claims: ClientClaims,
  context: Context,
) => IdentityAnswer | Promise<IdentityAnswer>;

/** A person whose id and tenant are known to be usable. */
export interface VerifiedUser {
  readonly id: string;
  readonly tenant?: string;
}

export interface VerifiedIdentity {
  readonly user: VerifiedUser;
  readonly setCookie?: string;
}

/** The `identify` behind `trustClientIdentity: true`. */
export const trustClient: Identify = (_request, { userId }) => (userId === undefined ? null : { id: userId });

export interface IdentityRules {
  readonly identify: Identify;
  /** Whether a person without a tenant is a mistake of the host. */
  readonly requireTenant: boolean;
}

/** Asks `identify` and judges its answer. */
export async function resolveIdentity(
  { identify, requireTenant }: IdentityRules,
  request: Request,
  claims: ClientClaims,
  context: unknown,
): Promise<Result<VerifiedIdentity, EndpointError>> {
  let answer: unknown;
  try {
    answer = await withDeadline(hostTimeoutMs, async () => identify(request, claims, context), request.signal);
  } catch (error) {
    if (error instanceof DeadlineError) return fail({ reason: 'identify_failed', detail: 'timeout' });
    return fail({ reason: request.signal.aborted ? 'client_disconnected' : 'identify_failed' });
  }
  const proven = parseIdentity(answer);
  if (!proven.ok) return proven;
  if (requireTenant && proven.value.user.tenant === undefined) return unusable('tenant_missing');
  if (claims.userId !== undefined && claims.userId !== proven.value.user.id) return fail({ reason: 'identity_mismatch' });
  return proven;
}

function parseIdentity(answer: unknown): Result<VerifiedIdentity, EndpointError> {
  if (answer === null) return fail({ reason: 'not_signed_in' });
  if (typeof answer !== 'object') return unusable('not_an_object');
  if ('refused' in answer) return fail({ reason: 'identity_refused', detail: toLogWord(answer.refused) });

  const id = parseIdentifier('id' in answer ? answer.id : undefined);
  if (!id.ok) return unusable(`id_${id.error}`);
  const tenant = parseTenant('tenant' in answer ? answer.tenant : undefined);
  if (!tenant.ok) return unusable(`tenant_${tenant.error}`);
  const setCookie = 'setCookie' in answer ? answer.setCookie : undefined;
  if (setCookie !== undefined && !isHeaderValue(setCookie)) return unusable('set_cookie');

  return succeed({
    user: { id: id.value, ...(tenant.value !== undefined && { tenant: tenant.value }) },
    ...(setCookie !== undefined && { setCookie }),
  });
}

function unusable(detail: string): Result<never, EndpointError> {
  return fail({ reason: 'identity_unusable', detail });
}

function parseTenant(tenant: unknown): Result<string | undefined, IdentifierError> {
  return tenant === undefined ? succeed(undefined) : parseIdentifier(tenant);
}

function isHeaderValue(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e][\x20-\x7e]*$/.test(value);
}

function toLogWord(value: unknown): string {
  return typeof value === 'string' && /^[a-z_]{1,40}$/.test(value) ? value : 'other';
}
