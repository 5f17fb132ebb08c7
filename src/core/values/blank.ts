/**
 * What leaves no mark on a screen: white space, control and format characters, and what Unicode asks to ignore where it cannot be shown,
 * such as the zero-width space, a byte order mark, fillers of Hangul or variation selectors. The Braille blank has a cell without a dot.
 */
const INVISIBLE = String.raw`[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]`;

const BLANK = new RegExp(`^${INVISIBLE}*$`, 'u');

/** Whether nobody could see that there is a text: for an id as for a message, in the page as on the server. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}
