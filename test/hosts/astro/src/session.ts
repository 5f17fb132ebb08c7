/** Where a site has its sessions: here the cookie is the name of who is signed in. Yours is a secret. */
export function userOf(request: Request): string | undefined {
  return /(?:^|; )session=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1];
}
