/**
 * Which pages may ask. The endpoint usually works with a session cookie, so a page of another site must not be able to use it
 * (OWASP CSRF Prevention, "Fetch Metadata headers"): `Sec-Fetch-Site` decides unless `Origin` contradicts it, `Origin` where a browser does
 * not send it, and a request with neither is rejected.
 */
import { fail, type Result, succeed } from '../../core/result.js';
import { parseUrl } from '../../core/url.js';

export type OriginError = 'foreign_origin' | 'no_origin';

/** Validates where a request comes from. `allowedOrigins` are compared exactly; a prefix or suffix is another origin. */
export function validateOrigin(request: Request, allowedOrigins: ReadonlySet<string>): Result<void, OriginError> {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (site === null && origin === null) return fail('no_origin');
  if (origin !== null && allowedOrigins.has(origin)) return succeed(undefined);
  if (site === null) return origin === new URL(request.url).origin ? succeed(undefined) : fail('foreign_origin');
  const isOwn = site === 'same-origin' && (origin === null || isOwnHost(origin, request));
  return isOwn ? succeed(undefined) : fail('foreign_origin');
}

/**
 * Whether an origin can be the endpoint's own, as far as a proxy in between lets it be seen: scheme and port may be those between proxy and
 * endpoint, and a proxy that replaces the host says in a header which one it was. No page of another site can make a browser send that header:
 * it would have to ask first.
 */
function isOwnHost(origin: string, { url, headers }: Request): boolean {
  const page = parseUrl(origin);
  const own = new URL(url);
  if (page === undefined || page.origin !== origin || (own.protocol === 'https:' && page.protocol !== 'https:')) return false;
  const hosts = [own.host, ...(headers.get('x-forwarded-host') ?? '').split(',')];
  return hosts.some((host) => toHostname(host) === page.hostname);
}

function toHostname(host: string): string | undefined {
  return parseUrl(`http://${host.trim()}`)?.hostname;
}

/** An entry of `allowedOrigins` in the exact form in which browsers send it. */
export function parseOrigin(text: string): Result<string, string> {
  const { origin = '', protocol } = parseUrl(text) ?? {};
  const isWeb = protocol === 'https:' || protocol === 'http:';
  if (isWeb && (text === origin || text === `${origin}/`)) return succeed(origin);
  return fail('must be one exact origin like "https://shop.example"; "*" would let every site use your visitors\' cookies');
}

/** The CORS headers that let a page of an allowed origin read the response, cookies included; none for any other. */
export function corsHeaders(request: Request, allowedOrigins: ReadonlySet<string>): Readonly<Record<string, string>> {
  const origin = request.headers.get('origin');
  if (origin === null || !allowedOrigins.has(origin)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    // The element corrects its clock by `date` and waits as long as `retry-after` says.
    'access-control-expose-headers': 'date, retry-after',
  };
}
