/** `teaser-delay-seconds`, as the page has it. */

export const TEASER_DELAY_SECONDS = 5;
/** `setTimeout` takes what is longer for nothing at all. */
const LONGEST_SECONDS = 2_147_483;

/** `undefined` for what is no length of time. */
export function parseTeaserDelay(seconds: unknown): number | undefined {
  if (seconds == null) return TEASER_DELAY_SECONDS;
  return typeof seconds === 'number' && seconds >= 0 && seconds <= LONGEST_SECONDS ? seconds : undefined;
}
