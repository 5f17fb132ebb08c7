/** What may help after an exchange has failed. Pure. */
import type { EndpointError } from '../reporting/endpoint-error.js';

/** `repeat`: the same again; `follow_clock`: date the assertion by Coze's clock; `other_key`: sign with the other key. */
export type RecoveryAction = 'repeat' | 'follow_clock' | 'other_key';

export interface FailureContext {
  /** Whether Coze's clock, as far as its response told, disagrees with the one that dated the assertion. */
  readonly clockDisagrees: boolean;
  readonly hasOtherKey: boolean;
}

/** The action to try next, each at most once for one token, so that the attempts end. */
export function nextRecovery(
  error: EndpointError,
  context: FailureContext,
  tried: ReadonlySet<RecoveryAction>,
): RecoveryAction | undefined {
  return possibleRecoveries(error, context).find((action) => !tried.has(action));
}

function possibleRecoveries(error: EndpointError, { clockDisagrees, hasOtherKey }: FailureContext): readonly RecoveryAction[] {
  if (error.reason === 'coze_unavailable') return ['repeat'];
  if (!isAboutAssertion(error)) return [];
  return [...(clockDisagrees ? (['follow_clock'] as const) : []), ...(hasOtherKey ? (['other_key'] as const) : [])];
}

/** Coze says `invalid_client` for a bad key, signature, time and audience alike; its messages are not documented and not to be relied on. */
function isAboutAssertion({ reason, upstream }: EndpointError): boolean {
  return reason === 'coze_rejected' && (upstream?.code === 'invalid_client' || upstream?.status === 401);
}
