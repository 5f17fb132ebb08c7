/** What an address may be, and what it is as others need it. */

/** `undefined` for what is no URL, or none without a base. */
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

/** Whether a secret may travel there: over TLS, or to a stand-in on this machine. */
export function isSecureUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/** A base URL as paths are put behind it: without slashes at its end. In time that grows with its length alone, as `/\/+$/` is not. */
export function trimTrailingSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}
