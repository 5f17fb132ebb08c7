/**
 * How each request of a chat is sent. Whose answer it is stands in a header, which caches do not go by: the same address has another answer for each
 * visitor. A redirect would take the token to wherever it leads.
 *
 * What is posted, put or deleted no cache answers (RFC 9111, section 4); with `no-store` browsers would ask before each of them whether it is
 * allowed, however long the API lets that be known (Fetch, CORS-preflight cache; Chromium).
 */
export function privateRequest(method: string): RequestInit {
  return { method, cache: method === 'GET' ? 'no-store' : 'default', redirect: 'error', referrerPolicy: 'no-referrer' };
}
