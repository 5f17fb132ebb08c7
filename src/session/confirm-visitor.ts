/** Checks before each request of the frame that the chat still belongs to the visitor at the screen. */
import type { Timers } from '../core/clock.js';
import { withDeadline } from '../core/deadline.js';
import { type AccessTokenSource, TOKEN_TIMEOUT_MS } from '../token/source/access-token-source.js';

/** How long a request waits for the backend to confirm the visitor. */
const CONFIRMATION_TIMEOUT_MS = 2_500;

/**
 * Resolves with whether the frame may send its request. If the backend does not respond, a visitor who has not left the window may go on, and
 * does not notice the outage.
 */
export async function confirmVisitor(source: AccessTokenSource, timers: Timers): Promise<boolean> {
  if (source.isProven) return true;
  const isProven = await withDeadline((signal) => source.verify(signal), { durationMs: CONFIRMATION_TIMEOUT_MS, timers }).catch(
    () => false,
  );
  return isProven || source.proof.isUndisturbed;
}

/** Resolves with a token for a request of the frame, or with `''` if after 15 s there is none or its visitor is not confirmed. Never rejects. */
export function getProvenToken(source: AccessTokenSource, timers: Timers): Promise<string> {
  const getToken = async (): Promise<string> => {
    const token = await source.getToken();
    return token !== '' && (await confirmVisitor(source, timers)) ? source.getToken() : '';
  };
  // One deadline for all steps: the token may be lost during the proof, and the wait for a new one would take as long again.
  return withDeadline(getToken, { durationMs: TOKEN_TIMEOUT_MS, timers }).catch(() => '');
}
