import { fail, succeed, type Result } from '../errors.js';

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether a secret may travel there: over TLS, or to a stand-in on this machine. */
export const isSecureUrl = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && loopbackHosts.has(hostname));

/** Coze's API, or what stands in for it. */
export function parseApiBaseUrl(text: string): Result<URL, string> {
  if (!URL.canParse(text)) return fail('is not a URL; it looks like "https://api.coze.cn"');
  const url = new URL(text);
  if (!isSecureUrl(url)) return fail('must use https');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return fail('must have no user, query or fragment');
  return succeed(url);
}
