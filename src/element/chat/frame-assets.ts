/** Where the frame's two files are: in the folder beside our own script, unless the page says otherwise. */
import type { FrameAssets } from '../../frame/host/chat-frame.js';
import { FRAME_SCRIPT, FRAME_STYLE } from './frame-asset-names.js';

/** Named apart, because bundlers would take the literal beside `import.meta.url` for a file to inline. */
const FRAME_FOLDER = './frame/';

export interface FrameAssetsOptions {
  /** URL of the folder, or of a script in it, if the page says. */
  readonly frameSrc: string;
  readonly nonce: string | undefined;
  /** What a relative `frameSrc` is resolved against. */
  readonly baseUrl: string;
}

export function frameAssets({ frameSrc, nonce, baseUrl }: FrameAssetsOptions): FrameAssets {
  // A script of the old kind, into which a bundler may have put us, has no URL of its own.
  const folder = frameSrc ? toFolder(new URL(frameSrc, baseUrl)) : new URL(FRAME_FOLDER, import.meta.url || baseUrl);
  return {
    scriptUrl: new URL(FRAME_SCRIPT, folder).href,
    styleUrl: new URL(FRAME_STYLE, folder).href,
    nonce: nonce || undefined,
  };
}

/** Of `/chat/frame.js`, of `/chat` and of `/chat/` it is `/chat/`. */
function toFolder(url: URL): URL {
  const { pathname } = url;
  url.pathname = pathname.endsWith('.js') ? pathname.slice(0, pathname.lastIndexOf('/') + 1) : pathname.replace(/\/?$/, '/');
  return url;
}
