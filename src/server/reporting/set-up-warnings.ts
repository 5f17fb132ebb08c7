/** Warnings to the operator about a set-up that cannot work or is less secure than it looks, each once. */
import { isLoopback } from '../../core/secure-url.js';
import { parseUrl } from '../../core/url.js';
import { EndpointWarning, type WarningEvent } from './operator-event.js';

/** More origins than this are probably invented. */
const MAX_ORIGINS = 20;

export class SetUpWarnings {
  readonly #report: (warning: WarningEvent) => void;
  readonly #reported = new Set<string>();
  readonly #origins = new Set<string>();

  constructor(report: (warning: WarningEvent) => void) {
    this.#report = report;
  }

  /** Warns about a page that was refused because of its origin, once for each origin. */
  warnOfRefusedOrigin(request: Request): void {
    this.#warnOfOrigin(findPage(request), new URL(request.url));
  }

  /** Warns that the browser will withhold a file of the package from a page. A script tag sends no `Origin`, only a `Referer`. */
  warnOfRefusedFile(request: Request): void {
    if (/^(?:cross|same)-site$/.test(request.headers.get('sec-fetch-site') ?? ''))
      this.#warnOfOrigin(findPage(request) ?? parseUrl(request.headers.get('referer') ?? ''), new URL(request.url));
  }

  #warnOfOrigin(page: URL | undefined, own: URL): void {
    if (page === undefined || !isWebsite(page) || this.#origins.has(page.origin) || this.#origins.size === MAX_ORIGINS) return;
    this.#origins.add(page.origin);
    const isLast = this.#origins.size === MAX_ORIGINS ? ' No further origins are reported.' : '';
    this.#report({
      type: 'warning',
      code: EndpointWarning.OriginRefused,
      message: `A page of ${page.origin} was refused. ${findCause(page, own)} If the page is yours, give allowedOrigins: ['${page.origin}'].${isLast}`,
    });
  }

  /** Warns only on loopback: during development, a signed-out visitor is often a fault of the set-up; on a real site it is normal. */
  warnOfSignedOutVisitor(request: Request): void {
    if (!isLoopback(new URL(request.url))) return;
    const hasCookies = request.headers.has('cookie');
    const cause = hasCookies
      ? 'The request had cookies: look whether identify reads the session of your pages, and whether the endpoint is mounted after the session.'
      : "The request had no cookie: the page is on another origin, or your log-in's cookie has another path or domain.";
    this.once(
      EndpointWarning.NobodySignedIn,
      `identify returned null, so that a visitor reads that they are signed out. If you are signed in there: ${cause}`,
      // Each cause once: the request of a visitor who is not signed in yet, or of the doctor, must not hide the other cause.
      `${EndpointWarning.NobodySignedIn} ${hasCookies}`,
    );
  }

  /** Warns if the browser will drop this cookie, because every request of the page is then a new visitor. */
  warnOfCookie(setCookie: string, request: Request): void {
    const page = findPage(request);
    if (page?.protocol !== 'http:' || isLoopback(page) || !/;\s*secure\s*(?:;|$)/i.test(setCookie)) return;
    this.once(
      EndpointWarning.CookieNotKept,
      'A page on plain http was given a Secure cookie, which browsers drop there: each of its requests is a new visitor without a history. Use https; for development, "secure: false" in anonymousVisitor.',
    );
  }

  once(code: EndpointWarning, message: string, key: string = code): void {
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.#report({ type: 'warning', code, message });
  }
}

function findCause(page: URL, { origin, hostname, protocol }: URL): string {
  if (page.hostname !== hostname || page.origin === origin)
    return `The request came to ${origin}: it is another site, or a proxy hides the endpoint's own address.`;
  // On one machine, two servers are more likely than a proxy.
  if (isLoopback(page) && page.protocol === protocol) return `The request came to ${origin}: another port is another origin.`;
  return `That is this endpoint's own host, seen here as ${origin}: a proxy that changes scheme or port hides the real one.`;
}

/** Whether the origin can be a page of the operator. Names below `.invalid` belong to nobody (RFC 2606); the doctor sends one. */
function isWebsite({ protocol, hostname }: URL): boolean {
  return /^https?:$/.test(protocol) && !hostname.endsWith('.invalid');
}

function findPage(request: Request): URL | undefined {
  return parseUrl(request.headers.get('origin') ?? '');
}
