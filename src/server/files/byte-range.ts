/** Parses the byte range of a request (RFC 9110 section 14). */

export interface ByteRange {
  readonly start: number;
  /** The last byte, as in `Content-Range`. */
  readonly end: number;
}

/** @returns `undefined` if the response has the whole file: without a range, for several ranges, and for other units */
export function parseRange(header: string | null, length: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header?.replace(/\s/g, '') ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') return last === '0' || length === 0 ? 'unsatisfiable' : { start: Math.max(0, length - Number(last)), end: length - 1 };
  const start = Number(first);
  const end = last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= length ? 'unsatisfiable' : { start, end };
}
