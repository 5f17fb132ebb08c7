import { fail, succeed, type Result } from '../errors.js';

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Coze's API, or what stands in for it. Only a stand-in on this machine may be without TLS: assertions travel there. */
export function parseApiBaseUrl(text: string): Result<URL, string> {
  if (!URL.canParse(text)) return fail('is not a URL; it looks like "https://api.coze.cn"');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopbackHosts.has(url.hostname))) return fail('must use https');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return fail('must have no user, query or fragment');
  return succeed(url);
}
