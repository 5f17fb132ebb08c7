/** At a word's end, where there is one near, and never within a character. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
  const space = head.lastIndexOf(' ');
  return `${(space > length - 100 ? head.slice(0, space) : head.slice(0, length - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}
