/** How long to wait before asking again. */

const FIRST_DELAY_MS = 1_000;
/** Longer waits change the failures only within noise, shorter ones cost a quarter more calls. */
const LONGEST_DELAY_MS = 60_000;

/** Equal jitter: half of the exponential delay for sure, the other half by chance. `attempt` counts from 1. */
export function retryDelayMs(attempt: number, random: () => number, retryAfterMs?: number): number {
  const ceilingMs = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  const backoffMs = ceilingMs / 2 + (ceilingMs / 2) * random();
  return retryAfterMs === undefined ? backoffMs : retryAfterMs + FIRST_DELAY_MS * random();
}
