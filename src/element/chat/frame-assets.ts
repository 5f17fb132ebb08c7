/** Locates the frame's files. They are in the folder beside our own script, unless the page names another folder. */
import { invalidConfiguration } from '../../config/configuration-problem.js';
import { belowMount } from '../../config/mount.js';
import type { Problem } from '../../core/errors.js';
import { fail, type Result, succeed } from '../../core/result.js';
import { parseUrl } from '../../core/url.js';
import type { FrameAssets } from '../../frame/host/chat-frame.js';

/** A constant, because bundlers would inline a literal beside `import.meta.url` as a file. */
const FRAME_FOLDER = './frame/';

/** Schemes without a folder: such a URL is itself the document, or refers to the page. */
const SCHEMES_WITHOUT_FOLDER = /^(?:data|javascript|blob|about):$/;

export interface FrameAssetsOptions {
  /** URL of the folder or of a script in it, if the page sets one: text, or a `TrustedScriptURL`. */
  readonly frameSrc: unknown;
  /** URL of the mount; the folder is `frame/` below it. Used if `frameSrc` is not set. */
  readonly mount?: unknown;
  /** The element's present attributes. Markup may come from a third party. */
  readonly attributes: Iterable<Pick<Attr, 'localName' | 'value'>>;
  readonly nonce: string | undefined;
  /** Base URL for a relative `frameSrc`. */
  readonly baseUrl: string;
  /** The page's URL and its origin: for a `srcdoc` document only the origin is useful, for an app with a custom scheme only the URL. */
  readonly pageUrls: readonly string[];
  /** URL of our own script; empty in a classic script, into which a bundler may have put this code. */
  readonly scriptUrl?: string | undefined;
}

export function frameAssets(options: FrameAssetsOptions): Result<FrameAssets, Problem> {
  const { frameSrc, nonce, baseUrl, scriptUrl = import.meta.url } = options;
  const [name, rawValue] = frameSrc ? (['frame-src', frameSrc] as const) : (['mount', options.mount] as const);
  const source = frameSrc ? String(frameSrc) : belowMount(options, 'frame/');
  const folder = source === '' ? parseUrl(FRAME_FOLDER, scriptUrl || baseUrl) : parseUrl(source, baseUrl);
  if (folder === undefined || SCHEMES_WITHOUT_FOLDER.test(folder.protocol))
    return fail(invalidConfiguration(`${name} is not an http(s) URL`));
  const foreign = source === '' ? undefined : findForeign(name, rawValue, folder, options);
  if (foreign !== undefined) return fail(foreign);
  return succeed({
    folder: source === '' ? folder.href : toFolder(folder).href,
    nonce: nonce || undefined,
  });
}

/**
 * Returns a problem if the visitor's credentials must not be sent below `mount`: it is an attribute, which may come from a third party, and
 * names another origin.
 */
export function findMountProblem(options: FrameAssetsOptions): Problem | undefined {
  const url = parseUrl(belowMount(options, 'token'), options.baseUrl);
  return url && findForeign('mount', options.mount, url, options);
}

type Places = Pick<FrameAssetsOptions, 'attributes' | 'pageUrls' | 'scriptUrl'>;

/** `rawValue` is the value of the property `name`. It equals the attribute's text unless a script has set the property. */
function findForeign(
  name: 'frame-src' | 'mount',
  rawValue: unknown,
  url: URL,
  { attributes, pageUrls, scriptUrl = import.meta.url }: Places,
): Problem | undefined {
  // Compares local names, as `attributeChangedCallback` gets them.
  const isAttributeText = [...attributes].some(({ localName, value }) => localName === name && value === rawValue);
  if (!isAttributeText || [...pageUrls, scriptUrl].some((own) => isSameSource(url, own))) return undefined;
  return invalidConfiguration(
    `${name}, as an attribute, cannot name another origin than the page’s (${url.origin}). If your site serves the chat from there, set the property in its place: chat.${name === 'mount' ? name : 'frameSrc'} = '…'`,
  );
}

/** `/chat/frame.js`, `/chat` and `/chat/` all become `/chat/`. */
function toFolder(url: URL): URL {
  const { pathname } = url;
  url.pathname = pathname.endsWith('.js') ? pathname.slice(0, pathname.lastIndexOf('/') + 1) : pathname.replace(/\/?$/, '/');
  url.search = '';
  url.hash = '';
  return url;
}

/** Compares scheme and host, because a custom scheme has an opaque origin. */
function isSameSource({ protocol, host }: URL, other: string): boolean {
  const url = parseUrl(other);
  return url?.protocol === protocol && url.host === host;
}
