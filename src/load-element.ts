/**
 * Loads the element's script, whose name contains a hash, for scripts that a page loads under a fixed name. One more file in between would
 * cost one more round trip before the launcher is shown. Also compiled for browsers that are too old for the element.
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

/** Like {@link loadElement}, for classic scripts. In a browser that is too old, loads `define.js`, which registers the element for such browsers. */
export function loadElementForClassicScript(url: string): Promise<unknown> {
  return isSupportedBrowser() ? loadElement(url) : import(/* @vite-ignore */ new URL('define.js', url).href);
}
