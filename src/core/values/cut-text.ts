/** Returns the first `length` UTF-16 units of a text, without half a surrogate pair at the end. */
export function firstCharacters(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

/** Cuts a text to `length` and appends an ellipsis. Cuts at the end of a word if one is near. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = firstCharacters(text, length);
  const space = head.lastIndexOf(' ');
  return `${space > Math.max(0, length - 100) ? head.slice(0, space) : firstCharacters(head, length - 1)}…`;
}
