/** The signs that a parser would have to know in more than one form. */

/** Without a mark of the byte order, with line feeds for all line endings; NUL is replaced, as CommonMark asks. */
export function normalizeText(text: string): string {
  return normalizeRest(text.startsWith('\ufeff') ? text.slice(1) : text);
}

/** The same for what follows after the beginning. */
export function normalizeRest(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd');
}
