/** Parsing and classifying URLs. */

/** Returns `undefined` instead of throwing, for example for a relative URL without a base. */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

const LOOPBACK_HOSTS = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether the host is this machine: browsers treat it as secure without TLS (W3C Secure Contexts, section 3.1). */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK_HOSTS.test(hostname);
}

/** Whether a secret may be sent there: over TLS, or to a stand-in on this machine. */
export function isSecureUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/** Returns a base URL without trailing slashes, to append paths to. Takes linear time, unlike `/\/+$/`. */
export function trimTrailingSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}
