/** The first `length` UTF-16 units of a text, without half a character at the end. */
export function firstCharacters(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

/** With a mark that there is more; at a word's end, where there is one near. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = firstCharacters(text, length);
  const space = head.lastIndexOf(' ');
  return `${space > Math.max(0, length - 100) ? head.slice(0, space) : firstCharacters(head, length - 1)}…`;
}
