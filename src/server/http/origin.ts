/**
 * Decides which pages may send requests. The endpoint usually relies on a session cookie, so a page of another site must not be able to use
 * it (OWASP CSRF Prevention, "Fetch Metadata headers"): `Sec-Fetch-Site` decides unless `Origin` contradicts it; `Origin` decides for
 * browsers without that header; a request with neither is rejected.
 */
import { fail, type Result, succeed } from '../../core/result.js';
import { parseUrl } from '../../core/url.js';

export type OriginError = 'foreign_origin' | 'no_origin';

/** Validates the origin of a request. `allowedOrigins` are compared exactly; a prefix or suffix is another origin. */
export function validateOrigin(request: Request, allowedOrigins: ReadonlySet<string>): Result<void, OriginError> {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (site === null && origin === null) return fail('no_origin');
  if (origin !== null && allowedOrigins.has(origin)) return succeed(undefined);
  const isOwn =
    site === null ? isOwnOrigin(origin, request.url) : site === 'same-origin' && (origin === null || isOwnHost(origin, request));
  return isOwn ? succeed(undefined) : fail('foreign_origin');
}

/** Also over https if the endpoint is reached over http: a proxy ends TLS. A page over http is never the own one of an endpoint over https. */
function isOwnOrigin(origin: string | null, url: string): boolean {
  const own = new URL(url);
  return origin === own.origin || origin === `https://${own.host}`;
}

/**
 * Whether an origin may be the endpoint's own, as seen behind a proxy: scheme and port may be those between proxy and endpoint, and a proxy
 * that replaces the host sends the original in a header. Pages of another site cannot send that header without a preflight.
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

/** Parses an entry of `allowedOrigins` into the exact form that browsers send. */
export function parseOrigin(text: string): Result<string, string> {
  const { origin = '', protocol } = parseUrl(text) ?? {};
  const isWeb = protocol === 'https:' || protocol === 'http:';
  if (isWeb && (text === origin || text === `${origin}/`)) return succeed(origin);
  return fail('must be one exact origin like "https://shop.example"; "*" would let every site use your visitors\' cookies');
}

/** CORS headers that allow a page of an allowed origin to read the response with credentials; none for other origins. */
export function corsHeaders(request: Request, allowedOrigins: ReadonlySet<string>): Readonly<Record<string, string>> {
  const origin = request.headers.get('origin');
  if (origin === null || !allowedOrigins.has(origin)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    // The element corrects its clock by `date`, and waits for `retry-after`.
    'access-control-expose-headers': 'date, retry-after',
  };
}
