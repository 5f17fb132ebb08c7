/** Where the frame's two files are: beside our own script, unless the page says otherwise. */
import type { FrameAssets } from '../frame/chat-frame.js';

/** Named apart, because bundlers would take the literal beside `import.meta.url` for a file to inline. */
const FRAME_SCRIPT = './frame.js';

export interface FrameAssetsOptions {
  /** URL of `frame.js`, if the page says. */
  readonly frameSrc: string;
  readonly nonce: string | undefined;
  /** What a relative `frameSrc` is resolved against. */
  readonly baseUrl: string;
}

export function frameAssets({ frameSrc, nonce, baseUrl }: FrameAssetsOptions): FrameAssets {
  const scriptUrl = frameSrc ? new URL(frameSrc, baseUrl) : new URL(FRAME_SCRIPT, import.meta.url);
  return {
    scriptUrl: scriptUrl.href,
    styleUrl: new URL(scriptUrl.pathname.replace(/\.js$/, '.css'), scriptUrl).href,
    nonce: nonce || undefined,
  };
}
