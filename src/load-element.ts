/**
 * For the scripts that a page loads under a lasting name: they load the element's script, whose name has a hash, themselves. One more file in
 * between would be one more round trip before the launcher is there. Compiled for browsers that are too old for the element, too.
 */
import { isSupportedBrowser } from './browser-support.js';
import { DEFINE, ELEMENT_SCRIPT } from './element-script-name.js';

/**
 * Registers `<coze-chat>` with the element's script.
 *
 * @param url of a script in the same folder
 */
export async function loadElement(url: string): Promise<void> {
  const module = (await import(/* @vite-ignore */ new URL(ELEMENT_SCRIPT, url).href)) as Record<string, () => void>;
  module[DEFINE]?.();
}

/** {@link loadElement} for classic scripts. In a browser that is too old, `define.js` registers what is shown there. */
export function loadElementForLine(url: string): Promise<unknown> {
  return isSupportedBrowser() ? loadElement(url) : import(/* @vite-ignore */ new URL('define.js', url).href);
}
