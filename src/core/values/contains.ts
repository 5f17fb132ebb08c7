/**
 * Whether a text contains another one, in linear time (Knuth, Morris and Pratt): at worst, `includes()` takes the product of both lengths, some
 * seconds for a hundred thousand characters.
 */
export function contains(text: string, part: string): boolean {
  if (part.length > text.length) return false;
  const borders = findBorders(part);
  let matched = 0;
  for (let at = 0; at < text.length && matched < part.length; at += 1) matched = extend(part, borders, matched, text[at]);
  return matched === part.length;
}

/** Returns for each prefix of the text the length of the longest shorter prefix that the prefix ends with. */
function findBorders(text: string): readonly number[] {
  const borders = [0, 0];
  for (let at = 1; at < text.length; at += 1) borders.push(extend(text, borders, borders[at] ?? 0, text[at]));
  return borders;
}

/** Returns the number of characters that match after the next one. */
function extend(part: string, borders: readonly number[], matched: number, next: string | undefined): number {
  let length = matched;
  while (length > 0 && part[length] !== next) length = borders[length] ?? 0;
  return part[length] === next ? length + 1 : 0;
}
