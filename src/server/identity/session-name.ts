/**
 * `session_name`: the claim by which Coze decides whose conversations a token sees. Everything this package promises rests on
 * two different people never getting the same one.
 */
import { DeadlineError, hostTimeoutMs, withDeadline } from '../../core/deadline.js';
import { fail, type Result, succeed } from '../../core/result.js';
import { digest } from '../crypto/digest.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import { parseIdentifier } from './identifier.js';
import type { VerifiedUser } from './identity.js';

/** A host's own rule, for histories that exist already. Must be injective: two people with one name share one history. */
export type SessionNameRule = (user: VerifiedUser) => string | Promise<string>;

/** The default rule: opaque, of fixed length, and without anything that identifies the person outside. */
export function hashedSessionName(namespace: string): SessionNameRule {
  return ({ tenant, id }) => digest([namespace, tenant ?? '', id]);
}

/** Applies the rule and refuses what it must not return. */
export async function resolveSessionName(rule: SessionNameRule, user: VerifiedUser): Promise<Result<string, EndpointError>> {
  let name: unknown;
  try {
    name = await withDeadline(hostTimeoutMs, async () => rule(user));
  } catch (error) {
    return fail({ reason: 'session_name_unusable', detail: error instanceof DeadlineError ? 'timeout' : 'rule_failed' });
  }
  const checked = typeof name === 'string' ? parseIdentifier(name) : fail('not_a_string' as const);
  return checked.ok ? succeed(checked.value) : fail({ reason: 'session_name_unusable', detail: checked.error });
}

/** What the browser may know: a digest of the session name, so that the name itself never leaves the server. */
export function toSubject(sessionName: string): Promise<string> {
  return digest(['coze-chat-embed/subject', sessionName]);
}
