/**
 * `session_name`: the claim by which Coze decides whose conversations a token opens. Visitors are isolated only if no two of them get the
 * same one.
 */
import { DeadlineError } from '../../core/deadline.js';
import { fail, type Result, succeed } from '../../core/result.js';
import { digest } from '../crypto/digest.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import { callHost } from './call-host.js';
import { parseIdentifier } from './identifier.js';
import type { VerifiedUser } from './identity.js';

/**
 * A host's own rule, for histories that exist already. It must be injective: two visitors with one name share one history. It must return a text of 1
 * to 1024 bytes within 5 s.
 */
export type SessionNameRule = (user: VerifiedUser) => string | Promise<string>;

/** The default rule: opaque, of fixed length, without anything that identifies the visitor elsewhere. */
export function hashedSessionName(namespace: string): SessionNameRule {
  return ({ tenant, id }) => digest([namespace, tenant ?? '', id]);
}

/** Applies the rule and validates its result. */
export async function resolveSessionName(rule: SessionNameRule, user: VerifiedUser): Promise<Result<string, EndpointError>> {
  let name: unknown;
  try {
    name = await callHost(() => rule(user));
  } catch (error) {
    return fail({ reason: 'session_name_unusable', detail: error instanceof DeadlineError ? 'timeout' : 'rule_failed' });
  }
  const checked = typeof name === 'string' ? parseIdentifier(name) : fail('not_a_string' as const);
  return checked.ok ? succeed(checked.value) : fail({ reason: 'session_name_unusable', detail: checked.error });
}

/** The name of the token's owner for the browser: a digest of the session name, which itself never leaves the server. */
export function toSubject(sessionName: string): Promise<string> {
  return digest(['coze-chat-embed/subject', sessionName]);
}
