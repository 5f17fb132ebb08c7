/** Chooses the next attempt after a failed exchange. Pure. */
import type { SigningKey } from '../crypto/signing-key.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import { type ClockOffset, isOtherTime } from './coze-clock.js';

/** The key that signs an assertion, and the clock offset by which it is dated. */
export interface AttemptPlan {
  readonly key: SigningKey;
  readonly offset: ClockOffset;
}

export interface RecoveryOptions {
  /** In the order in which they are tried. */
  readonly keys: readonly SigningKey[];
  /** The offset by the first `Date` in Coze's responses; `undefined` if none had one. */
  readonly cozeOffset: ClockOffset | undefined;
}

/**
 * Returns the next attempt, `undefined` if no other one may help. A failure of Coze itself is repeated once; a rejected assertion is retried with
 * each key and each plausible time, this host's own first. No attempt is made twice, so that the attempts end.
 *
 * @param attempts all attempts so far; the last one has failed
 */
export function nextAttempt(
  error: EndpointError,
  attempts: readonly AttemptPlan[],
  { keys, cozeOffset }: RecoveryOptions,
): AttemptPlan | undefined {
  const [first] = attempts;
  const last = attempts.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (error.reason === 'coze_unavailable') return hasRepeated(attempts) ? undefined : last;
  if (!isAboutAssertion(error)) return undefined;

  const offsets = [first.offset, 0, ...(cozeOffset === undefined ? [] : [cozeOffset])];
  const plans = keys.flatMap((key) => offsets.map((offset): AttemptPlan => ({ key, offset })));
  return plans.find((plan) => !attempts.some((attempt) => isSame(attempt, plan)));
}

function hasRepeated(attempts: readonly AttemptPlan[]): boolean {
  return attempts.some((attempt, index) => attempts.slice(0, index).some((earlier) => isSame(earlier, attempt)));
}

function isSame(one: AttemptPlan, other: AttemptPlan): boolean {
  return one.key === other.key && !isOtherTime(one.offset, other.offset);
}

/** Coze returns `invalid_client` for a wrong key, signature, time or audience; its messages are not documented and not reliable. */
function isAboutAssertion({ reason, upstream }: EndpointError): boolean {
  return reason === 'coze_rejected' && (upstream?.code === 'invalid_client' || upstream?.status === 401);
}
