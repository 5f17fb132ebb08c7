/**
 * What may become of an address that comes from outside: written by a bot, sent by the API, or given in an option. Everything that shows, loads or
 * reports such an address asks here first, and uses the address that comes back: browsers read `https:logout` beside a page as a path of its site.
 */
import { isLoopback, parseUrl } from './url.js';

/** What a bot may send a visitor to. Not `javascript:`, `data:` and the like, which would run or show as this page. */
const LINK_SCHEMES: readonly string[] = ['http:', 'https:', 'mailto:', 'tel:'];
const WEB_SCHEMES: readonly string[] = ['http:', 'https:'];

/** Where Coze keeps the pictures of bots, answers and uploads, in both regions. */
const COZE_FILE_HOSTS: readonly string[] = [
  'https://*.coze.cn',
  'https://*.coze.com',
  'https://*.byteimg.com',
  'https://*.ibyteimg.com',
  'https://*.oceancloudapi.com',
  'https://*.oceanapi-i18n.com',
  'https://*.ciciai.com',
];

/** What decides about a picture. */
export interface PictureRules {
  /** The page's own origin: a picture from there would be a request with the visitor's cookies. */
  readonly pageOrigin: string;
  /** Whose pictures load by themselves: see {@link pictureSources}. */
  readonly sources: readonly string[];
  /** Absolute URLs of pictures that the page's own options name, wherever they are. */
  readonly named: readonly string[];
  /** The folder of the package's own pictures, with a slash at its end. */
  readonly assetsUrl: string;
}

export type PictureVerdict =
  /** Loads by itself. */
  | { readonly action: 'load'; readonly url: string }
  /** Loads once the visitor asks for it. */
  | { readonly action: 'ask'; readonly url: string; readonly host: string }
  /** Never loads. */
  | { readonly action: 'refuse' };

const REFUSED: PictureVerdict = { action: 'refuse' };

/** The address to follow: absolute, for another program or a page of its own. `undefined` for all others, which are text. */
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

/** Whether it is bytes that this document holds already: what a visitor has chosen, or speech that has come. */
export function isOwnBlob(text: unknown, pageOrigin: string): text is string {
  return typeof text === 'string' && text.startsWith(`blob:${pageOrigin}/`);
}

/** An address in an option of the page's, which may be relative to the page. `undefined` for what is none of `schemes`. */
export function resolveOption(text: string, pageUrl: string, schemes: readonly string[] = WEB_SCHEMES): string | undefined {
  return parse(text, schemes, pageUrl)?.href;
}

/**
 * The API, Coze's file hosts and `pictureHosts`, but never the page's: as sources of a content security policy, with scheme, host and port.
 */
export function pictureSources(apiBaseUrl: string, pictureHosts: readonly string[], pageOrigin: string): readonly string[] {
  return [new URL(apiBaseUrl).origin, ...COZE_FILE_HOSTS, ...pictureHosts].filter((source) => {
    // In Firefox a wildcard is no URL.
    const url = parseUrl(source);
    return url === undefined || !isPageHost(url, pageOrigin);
  });
}

const PICTURE_HOST = /^(?:(https?):\/\/)?(\*\.)?([^\s/?#@\\*:;,'"]+)(:\d+)?\/?$/i;

/**
 * `images.example.com`, `*.example.com`, with or without scheme and port, as {@link pictureSources} has it; `undefined` for what names no
 * host. Without a scheme it is `https`, on this machine `http`. Never all hosts there are, nor all of a top-level domain.
 */
export function parsePictureHost(text: string): string | undefined {
  const [, scheme, wildcard = '', name = '', port = ''] = PICTURE_HOST.exec(text) ?? [];
  const url = parseUrl(`${scheme ?? 'https'}://${name}${port}`);
  // What was encoded is decoded by now: `%2A` is all hosts, and `%3B` would end the policy's list.
  if (url === undefined || !/^[\w.-]+$/.test(url.hostname)) return undefined;
  const isName = /[a-z]/.test(url.hostname) && url.hostname.includes('.');
  if (wildcard !== '' && !isName) return undefined;
  const protocol = scheme === undefined && isLoopback(url) ? 'http:' : url.protocol;
  return `${protocol}//${wildcard}${url.host}`;
}

/** As browsers match them, paths apart: `http` stands for `https`, too; a wildcard for one name or more. */
function matchesSource(url: URL, source: string): boolean {
  const [protocol = '', host = ''] = source.split('//');
  if (url.protocol !== protocol && protocol !== 'http:') return false;
  return host.startsWith('*.') ? url.host.endsWith(host.slice(1)) : url.host === host;
}

/** Also by another scheme, which browsers may change, and with the dot that ends a full name. */
function isPageHost(url: URL, pageOrigin: string): boolean {
  const page = parseUrl(pageOrigin);
  return page !== undefined && fullName(url) === fullName(page) && webPort(url) === webPort(page);
}

const fullName = ({ hostname }: URL): string => hostname.replace(/\.$/, '');
const webPort = ({ port }: URL): string => (port === '80' || port === '443' ? '' : port);

/** A plain name in the folder: servers may read an encoded slash or dot as the way out of it. */
function isAsset(href: string, assetsUrl: string): boolean {
  return href.startsWith(assetsUrl) && /^[\w-]+\.\w+$/.test(href.slice(assetsUrl.length));
}

function parseAbsolute(text: unknown, schemes: readonly string[]): URL | undefined {
  return typeof text === 'string' ? parse(text, schemes) : undefined;
}

/** A name or password before the host is left over from another web, and hides which host it is. */
function parse(text: string, schemes: readonly string[], base?: string): URL | undefined {
  const url = parseUrl(text, base);
  return url !== undefined && schemes.includes(url.protocol) && url.username === '' && url.password === '' ? url : undefined;
}
