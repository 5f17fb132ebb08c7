/** `id` as one part of a path. */
export function toPathSegment(id: string): string {
  // Encoded dots are still a way up in a URL; encoded twice they are a name that does not exist.
  return /^\.\.?$/.test(id) ? id.replaceAll('.', '%252E') : encodeURIComponent(id);
}
