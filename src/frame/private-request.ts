/**
 * The options of `fetch` for each request of a chat. `no-store`: the same URL has another response for each visitor, who is named only in the
 * `authorization` header, which caches ignore. `error`: a redirect would send the token to its target.
 *
 * No cache answers a POST, PUT or DELETE (RFC 9111, section 4). With `no-store`, browsers would send a preflight before each of them, however long
 * the API allows them to cache it (Fetch, CORS-preflight cache; Chromium).
 */
export function privateRequest(method: string): RequestInit {
  return { method, cache: method === 'GET' ? 'no-store' : 'default', redirect: 'error', referrerPolicy: 'no-referrer' };
}
