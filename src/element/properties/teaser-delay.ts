/** Parses `teaser-delay-seconds`. */

export const TEASER_DELAY_SECONDS = 5;
/** `setTimeout` treats a longer delay as 0. */
const LONGEST_SECONDS = 2_147_483;

/** Returns `undefined` if the value is no valid delay. */
export function parseTeaserDelay(seconds: unknown): number | undefined {
  if (seconds == null) return TEASER_DELAY_SECONDS;
  return typeof seconds === 'number' && seconds >= 0 && seconds <= LONGEST_SECONDS ? seconds : undefined;
}
