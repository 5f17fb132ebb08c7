/** The identity of the visitor. The host's `identify` proves it; what the browser claims is only compared with the proof. */
import { DeadlineError } from '../../core/deadline.js';
import { fail, type Result, succeed } from '../../core/result.js';
import { getMember, ownOptions } from '../../core/values/own-members.js';
import type { TokenReason } from '../../token/protocol.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import { traceThrown } from '../reporting/thrown.js';
import { callHost } from './call-host.js';
import { type IdentifierError, parseIdentifier } from './identifier.js';

/** What the browser claims, unproven. */
export interface ClientClaims {
  /** `user-id` of the element. */
  readonly userId?: string;
  /** A JWT that can prove `userId`; see `verifyIdentityToken`. */
  readonly identityToken?: string;
  /** Why the element asks for a token. */
  readonly reason: TokenReason;
}

/** A visitor whose identity the host has verified. */
export interface Identity {
  /** Unique and stable within the tenant, 1 to 1024 bytes. Numbers must come as strings or bigints. */
  readonly id: string | bigint;
  /** Keeps equal ids of different customers apart. */
  readonly tenant?: string | bigint;
  /** A complete `Set-Cookie` value (RFC 6265) to send with the response. */
  readonly setCookie?: string;
  /**
   * Whether the visitor is new, and known only by the cookie of this response. The element then checks that the browser keeps the cookie, and
   * `rateLimit.newVisitors` counts all new visitors together, since each of them has a separate limit. If this is `undefined`, a visitor who gets a
   * cookie counts as new for that limit.
   */
  readonly isNew?: boolean;
}

/** The request contains invalid evidence: the response is 401, and no other strategy is tried. */
export interface IdentityRefusal {
  /** A word of `a`-`z` and `_` for the operator's log, such as `token_expired`; anything else is logged as `other`. */
  readonly refused: string;
}

/** `null` means that the request contains no evidence. The response is 401; in `firstIdentityOf` the next strategy is tried. */
export type IdentityAnswer = Identity | IdentityRefusal | null;

/**
 * Returns who sent the request, within 5 s. If it takes longer or throws, the response is 500.
 *
 * @param request the request; its body has already been read and is in `claims`
 * @param context what the server passes with the request
 */
export type Identify<Context = unknown> = (
  request: Request,
  claims: ClientClaims,
  context: Context,
) => IdentityAnswer | Promise<IdentityAnswer>;

/** A visitor whose id and tenant have been validated. */
export interface VerifiedUser {
  /** The host's id of the visitor. */
  readonly id: string;
  /** The host's customer to whom the visitor belongs, for hosts that serve several. */
  readonly tenant?: string;
}

export interface VerifiedIdentity {
  readonly user: VerifiedUser;
  readonly setCookie?: string;
  readonly isNew?: boolean;
}

/** The `identify` of `trustClientIdentity: true`. */
export function trustClient(_request: Request, { userId }: ClientClaims): IdentityAnswer {
  return userId === undefined ? null : { id: userId };
}

export interface IdentityRules {
  readonly identify: Identify;
  /** Whether a visitor without a tenant is an error of the host. */
  readonly requireTenant: boolean;
}

/** Calls `identify`, parses its result and compares it with the browser's claims. */
export async function resolveIdentity(
  { identify, requireTenant }: IdentityRules,
  request: Request,
  claims: ClientClaims,
  context: unknown,
): Promise<Result<VerifiedIdentity, EndpointError>> {
  let identity: Result<VerifiedIdentity, EndpointError>;
  try {
    // Parsed here, too: a member of the result may be a function of the host that throws.
    identity = parseIdentity(await callHost<unknown>(() => identify(request, claims, context), request.signal));
  } catch (error) {
    if (error instanceof DeadlineError) return fail({ reason: 'identify_failed', detail: 'timeout' });
    if (request.signal.aborted) return fail({ reason: 'client_disconnected' });
    const { kind, at } = traceThrown(error);
    return fail({ reason: 'identify_failed', detail: kind, ...(at !== undefined && { at }) });
  }
  if (!identity.ok) return identity;
  if (requireTenant && identity.value.user.tenant === undefined) return unusable('tenant_missing');
  if (claims.userId !== undefined && claims.userId !== identity.value.user.id) return fail({ reason: 'identity_mismatch' });
  return identity;
}

function parseIdentity(result: unknown): Result<VerifiedIdentity, EndpointError> {
  if (result === null) return fail({ reason: 'not_signed_in' });
  if (typeof result !== 'object') return unusable('not_an_object');
  const refused = getMember(result, 'refused');
  if (refused !== undefined) return fail({ reason: 'identity_refused', detail: toLogWord(refused) });

  const id = parseIdentifier(getMember(result, 'id'));
  if (!id.ok) return unusable(`id_${id.error}`);
  const tenant = parseTenant(getMember(result, 'tenant'));
  if (!tenant.ok) return unusable(`tenant_${tenant.error}`);
  const setCookie = getMember(result, 'setCookie');
  if (setCookie !== undefined && !isHeaderValue(setCookie)) return unusable('set_cookie');
  const isNew = getMember(result, 'isNew');

  return succeed(
    ownOptions({
      user: ownOptions({ id: id.value, ...(tenant.value !== undefined && { tenant: tenant.value }) }),
      ...(setCookie !== undefined && { setCookie }),
      ...(typeof isNew === 'boolean' && { isNew }),
    }),
  );
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
