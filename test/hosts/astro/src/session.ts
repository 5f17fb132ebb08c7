/** A site looks up its session here. In this test the cookie is the user's name; yours is a secret. */
export function userOf(request: Request): string | undefined {
  return /(?:^|; )session=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1];
}
