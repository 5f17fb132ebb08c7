/** Which URLs may carry a secret. */

const LOOPBACK_HOSTS = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether the host is this machine: browsers treat it as secure without TLS (W3C Secure Contexts, section 3.1). */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK_HOSTS.test(hostname);
}

/** Whether a secret may be sent there: over TLS, or to a stand-in on this machine. */
export function isSecureUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}
