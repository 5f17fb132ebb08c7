/** Parsing URLs. */

/** Returns `undefined` instead of throwing, for example for a relative URL without a base. */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** Returns a base URL without trailing slashes, to append paths to. Takes linear time, unlike `/\/+$/`. */
export function trimTrailingSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}
