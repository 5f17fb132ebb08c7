/** What may help after an exchange has failed. Pure. */
import type { EndpointError } from '../reporting/endpoint-error.js';

/** `repeat`: the same again; `follow_clock`: date the assertion by Coze's clock; `other_key`: sign with the other key. */
export type RecoveryAction = 'repeat' | 'follow_clock' | 'other_key';

export interface FailureContext {
  /** Whether Coze's clock, as far as its answer told, disagrees with the one that dated the assertion. */
  readonly clockDisagrees: boolean;
  readonly hasOtherKey: boolean;
}

/** The remedy to try next, each at most once for one token, so that there is an end. */
export function nextRecovery(
  refusal: EndpointError,
  situation: FailureContext,
  tried: ReadonlySet<RecoveryAction>,
): RecoveryAction | undefined {
  return possibleRecoveries(refusal, situation).find((remedy) => !tried.has(remedy));
}

function possibleRecoveries(refusal: EndpointError, { clockDisagrees, hasOtherKey }: FailureContext): readonly RecoveryAction[] {
  if (refusal.reason === 'coze_unavailable') return ['repeat'];
  if (!isAboutTheAssertion(refusal)) return [];
  return [...(clockDisagrees ? (['follow_clock'] as const) : []), ...(hasOtherKey ? (['other_key'] as const) : [])];
}

/** Coze says `invalid_client` for a bad key, signature, time and audience alike; its texts are not documented and not to be relied on. */
function isAboutTheAssertion({ reason, upstream }: EndpointError): boolean {
  return reason === 'coze_rejected' && (upstream?.code === 'invalid_client' || upstream?.status === 401);
}
