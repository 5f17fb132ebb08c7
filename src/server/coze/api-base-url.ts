import { fail, type Result, succeed } from '../../core/result.js';
import { isSecureUrl } from '../../core/secure-url.js';
import { parseUrl } from '../../core/url.js';

/** Parses the URL of Coze's API or of a stand-in; the error says what is wrong. */
export function parseApiBaseUrl(text: string): Result<URL, string> {
  const url = parseUrl(text);
  if (url === undefined) return fail('is not a URL; it looks like "https://api.coze.cn"');
  if (!isSecureUrl(url)) return fail('must use https');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return fail('must have no user, query or fragment');
  if (isWebsite(url)) return fail(`is Coze's website; its API is "https://api.${url.hostname.replace(/^www\./, '')}"`);
  if (hasApiPath(url)) return fail(`must end before the path of the API, as in "${url.origin}": what follows is added to it`);
  return succeed(url);
}

/** Coze's website responds with HTML pages. */
function isWebsite({ hostname }: URL): boolean {
  return /^(?:www\.)?coze\.(?:cn|com)$/.test(hostname);
}

/** Whether the URL contains the beginning of an API path. At Coze itself, every path counts; a proxy or a stand-in may have a path prefix. */
function hasApiPath({ hostname, pathname }: URL): boolean {
  return /(?:^|\.)coze\.(?:cn|com)$/.test(hostname) ? pathname !== '/' : /\/(?:v[1-3]|open_api|api\/permission)(?:\/|$)/.test(pathname);
}
