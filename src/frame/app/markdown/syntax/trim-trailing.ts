/** A text without the `characters` that it ends with. An expression for it begins anew at each of them, also where they do not end the text. */
export function trimTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
