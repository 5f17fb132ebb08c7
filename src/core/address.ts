/**
 * Validates addresses from outside: written by a bot, sent by the API, or given in an option. Code that shows, loads or reports such an
 * address calls this module first and uses the returned URL: browsers resolve `https:logout` on a page as a path of its site.
 */
import { isLoopback } from './secure-url.js';
import { parseUrl } from './url.js';

/** Schemes of links in a bot's answer. `javascript:`, `data:` and the like would run or show as this page. */
const LINK_SCHEMES: readonly string[] = ['http:', 'https:', 'mailto:', 'tel:'];
const WEB_SCHEMES: readonly string[] = ['http:', 'https:'];

/** Hosts on which Coze stores the pictures of bots, answers and uploads, in both regions. */
const COZE_FILE_HOSTS: readonly string[] = [
  'https://*.coze.cn',
  'https://*.coze.com',
  'https://*.byteimg.com',
  'https://*.ibyteimg.com',
  'https://*.oceancloudapi.com',
  'https://*.oceanapi-i18n.com',
  'https://*.ciciai.com',
];

/** The input of a decision about a picture. */
export interface PictureRules {
  /** The page's own origin: a request there for a picture would carry the visitor's cookies. */
  readonly pageOrigin: string;
  /** Origins whose pictures load without a click: see {@link pictureSources}. */
  readonly sources: readonly string[];
  /** Absolute URLs of the pictures in the page's own options, of any origin. */
  readonly named: readonly string[];
  /** The folder of the package's own pictures, with a trailing slash. */
  readonly assetsUrl: string;
}

export type PictureVerdict =
  /** Loads without a click. */
  | { readonly action: 'load'; readonly url: string }
  /** Loads when the visitor clicks. */
  | { readonly action: 'ask'; readonly url: string; readonly host: string }
  /** Never loads. */
  | { readonly action: 'refuse' };

const REFUSED: PictureVerdict = { action: 'refuse' };

/** Returns the absolute URL of a link that another program or another page may open; `undefined` for all other links, which are shown as text. */
export function parseLink(text: unknown): string | undefined {
  return parseAbsolute(text, LINK_SCHEMES)?.href;
}

export function validatePicture(text: unknown, rules: PictureRules): PictureVerdict {
  if (isOwnBlob(text, rules.pageOrigin)) return { action: 'load', url: text };
  const url = parseAbsolute(text, WEB_SCHEMES);
  if (url === undefined) return REFUSED;
  const { href, host } = url;
  if (rules.named.includes(href) || isAsset(href, rules.assetsUrl)) return { action: 'load', url: href };
  if (isPageHost(url, rules.pageOrigin)) return REFUSED;
  if (rules.sources.some((source) => matchesSource(url, source))) return { action: 'load', url: href };
  return url.protocol === 'https:' || isLoopback(url) ? { action: 'ask', url: href, host } : REFUSED;
}

/** Whether the URL is a blob of this document: a file that a visitor has chosen, or received speech. */
export function isOwnBlob(text: unknown, pageOrigin: string): text is string {
  return typeof text === 'string' && text.startsWith(`blob:${pageOrigin}/`);
}

/** Resolves an address in an option, which may be relative to the page. Returns `undefined` unless its scheme is one of `schemes`. */
export function resolveOption(text: string, pageUrl: string, schemes: readonly string[] = WEB_SCHEMES): string | undefined {
  return parse(text, schemes, pageUrl)?.href;
}

/**
 * Returns the API, Coze's file hosts and `pictureHosts`, without the page's own host, as sources of a content security policy: scheme, host
 * and port.
 */
export function pictureSources(apiBaseUrl: string, pictureHosts: readonly string[], pageOrigin: string): readonly string[] {
  return [new URL(apiBaseUrl).origin, ...COZE_FILE_HOSTS, ...pictureHosts].filter((source) => {
    // Firefox does not parse a wildcard as a URL.
    const url = parseUrl(source);
    return url === undefined || !isPageHost(url, pageOrigin);
  });
}

const PICTURE_HOST = /^(?:(https?):\/\/)?(\*\.)?([^\s/?#@\\*:;,'"]+)(:\d+)?\/?$/i;

/**
 * Parses `images.example.com` or `*.example.com`, with or without scheme and port, into a source as in {@link pictureSources}; `undefined`
 * if it names no host. The default scheme is `https`, on loopback `http`. Refuses a wildcard for all hosts or for a top-level domain.
 */
export function parsePictureHost(text: string): string | undefined {
  const [, scheme, wildcard = '', name = '', port = ''] = PICTURE_HOST.exec(text) ?? [];
  const url = parseUrl(`${scheme ?? 'https'}://${name}${port}`);
  // The URL has decoded the text: `%2A` would allow all hosts, and `%3B` would end the policy's list.
  if (url === undefined || !/^[\w.-]+$/.test(url.hostname)) return undefined;
  const isName = /[a-z]/.test(url.hostname) && url.hostname.includes('.');
  if (wildcard !== '' && !isName) return undefined;
  const protocol = scheme === undefined && isLoopback(url) ? 'http:' : url.protocol;
  return `${protocol}//${wildcard}${url.host}`;
}

/** Matches as browsers match CSP sources, without paths: `http` also matches `https`; a wildcard matches one or more labels. */
function matchesSource(url: URL, source: string): boolean {
  const [protocol = '', host = ''] = source.split('//');
  if (url.protocol !== protocol && protocol !== 'http:') return false;
  return host.startsWith('*.') ? url.host.endsWith(host.slice(1)) : url.host === host;
}

/** Compares without the scheme, which browsers may upgrade, and without the trailing dot of a full name. */
function isPageHost(url: URL, pageOrigin: string): boolean {
  const page = parseUrl(pageOrigin);
  return page !== undefined && fullName(url) === fullName(page) && webPort(url) === webPort(page);
}

const fullName = ({ hostname }: URL): string => hostname.replace(/\.$/, '');
const webPort = ({ port }: URL): string => (port === '80' || port === '443' ? '' : port);

/** Accepts only a plain file name in the folder: servers may decode an encoded slash or dot, and leave the folder. */
function isAsset(href: string, assetsUrl: string): boolean {
  return href.startsWith(assetsUrl) && /^[\w-]+\.\w+$/.test(href.slice(assetsUrl.length));
}

function parseAbsolute(text: unknown, schemes: readonly string[]): URL | undefined {
  return typeof text === 'string' ? parse(text, schemes) : undefined;
}

/** Refuses a URL with a user name or password, because these disguise its host. */
function parse(text: string, schemes: readonly string[], base?: string): URL | undefined {
  const url = parseUrl(text, base);
  return url !== undefined && schemes.includes(url.protocol) && url.username === '' && url.password === '' ? url : undefined;
}
