/** When a conversation last changed, as short as it can be said in the visitor's language. */
export function toShortDate(atMs: number, nowMs: number, language: string): string {
  const [at, now] = [new Date(atMs), new Date(nowMs)];
  if (at.toDateString() === now.toDateString()) return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(at);
  const isThisYear = at.getFullYear() === now.getFullYear();
  const options: Intl.DateTimeFormatOptions = isThisYear ? { day: 'numeric', month: 'short' } : { dateStyle: 'medium' };
  return new Intl.DateTimeFormat(language, options).format(at);
}
