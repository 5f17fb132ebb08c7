/**
 * Characters without a visible mark: white space, control and format characters, and those of Unicode's Default_Ignorable_Code_Point, such
 * as the zero-width space, a byte order mark, Hangul fillers or variation selectors. The Braille blank (U+2800) has no dots.
 */
const INVISIBLE = String.raw`[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]`;

const BLANK = new RegExp(`^${INVISIBLE}*$`, 'u');

/** Whether a text has no visible character: for an id as for a message, in the page as on the server. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}
