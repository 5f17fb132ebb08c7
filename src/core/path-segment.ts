/** Encodes `id` as one segment of a path. */
export function toPathSegment(id: string): string {
  // URL parsers treat `%2E%2E` as `..`; encoded twice it is a name that does not exist.
  return /^\.\.?$/.test(id) ? id.replaceAll('.', '%252E') : toQueryValue(id);
}

/** Encodes `id` as a value in a query. Replaces half a surrogate pair, which has no encoding, by U+FFFD. */
export function toQueryValue(id: string): string {
  return encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\ufffd'));
}
