/** What the frame asks before it sends anything: whether it still is for the visitor whose chat it is. */
import type { Timers } from '../core/clock.js';
import { withDeadline } from '../core/deadline.js';
import { type AccessTokenSource, TOKEN_TIMEOUT_MS } from '../token/source/access-token-source.js';

/** How long a message waits for the backend to confirm whose chat it is. */
const CONFIRMATION_TIMEOUT_MS = 2_500;

/** Without a response the chat goes on for a visitor who has not left the window: an outage of the backend is not theirs to notice. */
export async function confirmVisitor(source: AccessTokenSource, timers: Timers): Promise<boolean> {
  if (source.isProven) return true;
  const isProven = await withDeadline((signal) => source.verify(signal), { durationMs: CONFIRMATION_TIMEOUT_MS, timers }).catch(
    () => false,
  );
  return isProven || source.proof.isUndisturbed;
}

/** A token for a request of the frame, or `''` when by 15 s there is none or its visitor is not confirmed. Never rejects. */
export function getProvenToken(source: AccessTokenSource, timers: Timers): Promise<string> {
  const getToken = async (): Promise<string> => {
    const token = await source.getToken();
    return token !== '' && (await confirmVisitor(source, timers)) ? source.getToken() : '';
  };
  // For all of it: while the proof was waited for, the token may have been lost, and another one be waited for as long again.
  return withDeadline(getToken, { durationMs: TOKEN_TIMEOUT_MS, timers }).catch(() => '');
}
