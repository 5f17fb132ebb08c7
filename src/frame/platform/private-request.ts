/**
 * How every request of the frame is sent. Whose answer it is stands in a header, which caches do not go by: the same address has another answer
 * for each visitor. A redirect would take the token to wherever it leads.
 */
export const PRIVATE_REQUEST = { cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer' } as const satisfies RequestInit;
