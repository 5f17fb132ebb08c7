/** Whether a text is not what its author wrote: a file in UTF-16 or a binary one, read as UTF-8, has zero and replacement characters. */
export function isMisread(text: string): boolean {
  return /[\0\uFFFD]/.test(text);
}
