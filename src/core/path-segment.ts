/** Encodes `id` as one segment of a path. */
export function toPathSegment(id: string): string {
  // URL parsers treat `%2E%2E` as `..`; encoded twice it is a name that does not exist.
  return /^\.\.?$/.test(id) ? id.replaceAll('.', '%252E') : encodeURIComponent(id);
}
