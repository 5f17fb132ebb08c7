/** Checks before each request of the frame that the visitor at the screen is still the one whose chat it is. */
import type { Timers } from '../core/clock.js';
import { withDeadline } from '../core/deadline.js';
import { type AccessTokenSource, TOKEN_TIMEOUT_MS } from '../token/source/access-token-source.js';

/** How long a request waits for the backend to confirm the visitor. */
const CONFIRMATION_TIMEOUT_MS = 2_500;

/** If the backend does not respond, a visitor who has not left the window may go on: they should not notice its outage. */
export async function confirmVisitor(source: AccessTokenSource, timers: Timers): Promise<boolean> {
  if (source.isProven) return true;
  const isProven = await withDeadline((signal) => source.verify(signal), { durationMs: CONFIRMATION_TIMEOUT_MS, timers }).catch(
    () => false,
  );
  return isProven || source.proof.isUndisturbed;
}

/** A token for a request of the frame, or `''` if after 15 s there is none or its visitor is not confirmed. Never rejects. */
export function getProvenToken(source: AccessTokenSource, timers: Timers): Promise<string> {
  const getToken = async (): Promise<string> => {
    const token = await source.getToken();
    return token !== '' && (await confirmVisitor(source, timers)) ? source.getToken() : '';
  };
  // One deadline for all steps: the token may be lost during the proof, and a new one would then be waited for as long again.
  return withDeadline(getToken, { durationMs: TOKEN_TIMEOUT_MS, timers }).catch(() => '');
}
