/** Normalises characters that would otherwise reach the parser in several forms. */

/** Removes the byte order mark, converts all line endings to line feeds, and replaces NUL (CommonMark, section 2.3). */
export function normalizeText(text: string): string {
  return normalizeRest(text.startsWith('\ufeff') ? text.slice(1) : text);
}

/** The same for a later part of a text, which has no byte order mark. */
export function normalizeRest(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd');
}
