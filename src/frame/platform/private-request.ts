/**
 * How every request of the frame is sent. Whose answer it is stands in a header, which caches do not go by: the same address has another answer
 * for each visitor. A redirect would take the token to wherever it leads.
 */
export const PRIVATE_REQUEST = { cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer' } as const satisfies RequestInit;

/**
 * What else is said of a request by `method`. With `no-store` browsers ask before each request whether it is allowed, however long the API lets that be
 * known (Fetch, CORS-preflight cache; Chromium); what is posted, put or deleted no cache answers anyway (RFC 9111, section 4).
 */
export function cacheFor(method: string): Pick<RequestInit, 'cache'> {
  return method === 'GET' ? {} : { cache: 'default' };
}
