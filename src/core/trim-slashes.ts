/** A base URL as paths are put behind it: without slashes at its end. In time that grows with its length alone, as `/\/+$/` is not. */
export function trimTrailingSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}
