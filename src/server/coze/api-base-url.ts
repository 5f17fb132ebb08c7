import { fail, type Result, succeed } from '../../core/result.js';
import { isSecureUrl } from '../../core/secure-url.js';

/** The URL of Coze's API or of a stand-in; the error is what is wrong with it. */
export function parseApiBaseUrl(text: string): Result<URL, string> {
  if (!URL.canParse(text)) return fail('is not a URL; it looks like "https://api.coze.cn"');
  const url = new URL(text);
  if (!isSecureUrl(url)) return fail('must use https');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return fail('must have no user, query or fragment');
  return succeed(url);
}
