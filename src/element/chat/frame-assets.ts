/** Where the frame's files are: in the folder beside our own script, unless the page says otherwise. */
import { invalidConfiguration } from '../../config/configuration-problem.js';
import { belowMount } from '../../config/mount.js';
import type { Problem } from '../../core/errors.js';
import { fail, type Result, succeed } from '../../core/result.js';
import { parseUrl } from '../../core/url.js';
import type { FrameAssets } from '../../frame/host/chat-frame.js';

/** Named apart, because bundlers would take the literal beside `import.meta.url` for a file to inline. */
const FRAME_FOLDER = './frame/';

/** What a URL is itself, or asks the page for, is no place where files lie. */
const NO_PLACE = /^(?:data|javascript|blob|about):$/;

export interface FrameAssetsOptions {
  /** URL of the folder, or of a script in it, if the page says: text, or a `TrustedScriptURL`. */
  readonly frameSrc: unknown;
  /** Below which the folder is, if the page does not name it itself. */
  readonly mount?: unknown;
  /** Of the element, as they are now. What stands in markup may have been put there by others. */
  readonly attributes: Iterable<Pick<Attr, 'localName' | 'value'>>;
  readonly nonce: string | undefined;
  /** What a relative `frameSrc` is resolved against. */
  readonly baseUrl: string;
  /** The page's URL and its origin: a document of `srcdoc` has only the one, an app with a scheme of its own only the other. */
  readonly pageUrls: readonly string[];
  /** URL of our own script; of the old kind, into which a bundler may have put us, it has none. */
  readonly scriptUrl?: string | undefined;
}

export function frameAssets(options: FrameAssetsOptions): Result<FrameAssets, Problem> {
  const { frameSrc, nonce, baseUrl, scriptUrl = import.meta.url } = options;
  const [name, said] = frameSrc ? (['frame-src', frameSrc] as const) : (['mount', options.mount] as const);
  const source = frameSrc ? String(frameSrc) : belowMount(options, 'frame/');
  const folder = source === '' ? parseUrl(FRAME_FOLDER, scriptUrl || baseUrl) : parseUrl(source, baseUrl);
  if (folder === undefined || NO_PLACE.test(folder.protocol)) return fail(invalidConfiguration(`${name} is not an http(s) URL`));
  const foreign = source === '' ? undefined : findForeign(name, said, folder, options);
  if (foreign !== undefined) return fail(foreign);
  return succeed({
    folder: source === '' ? folder.href : toFolder(folder).href,
    nonce: nonce || undefined,
  });
}

/** Why the visitor's credentials do not go below `mount`: that it names another origin by what may not be the page's own word. */
export function findMountProblem(options: FrameAssetsOptions): Problem | undefined {
  const url = parseUrl(belowMount(options, 'token'), options.baseUrl);
  return url && findForeign('mount', options.mount, url, options);
}

type Places = Pick<FrameAssetsOptions, 'attributes' | 'pageUrls' | 'scriptUrl'>;

/** `said`: what the property `name` has, which is an attribute's text where nobody has set it. */
function findForeign(
  name: 'frame-src' | 'mount',
  said: unknown,
  url: URL,
  { attributes, pageUrls, scriptUrl = import.meta.url }: Places,
): Problem | undefined {
  // By local name, as an element hears of its attributes.
  const isOnlyText = [...attributes].some(({ localName, value }) => localName === name && value === said);
  if (!isOnlyText || [...pageUrls, scriptUrl].some((own) => isSameSource(url, own))) return undefined;
  return invalidConfiguration(
    `${name}, as an attribute, cannot name another origin than the page’s (${url.origin}). If your site serves the chat from there, set the property in its place: chat.${name === 'mount' ? name : 'frameSrc'} = '…'`,
  );
}

/** Of `/chat/frame.js`, of `/chat` and of `/chat/` it is `/chat/`. */
function toFolder(url: URL): URL {
  const { pathname } = url;
  url.pathname = pathname.endsWith('.js') ? pathname.slice(0, pathname.lastIndexOf('/') + 1) : pathname.replace(/\/?$/, '/');
  url.search = '';
  url.hash = '';
  return url;
}

/** By scheme and host rather than by origin, which apps with a scheme of their own do not have. */
function isSameSource({ protocol, host }: URL, other: string): boolean {
  const url = parseUrl(other);
  return url?.protocol === protocol && url.host === host;
}
