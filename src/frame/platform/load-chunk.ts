/**
 * Code of the frame that comes when it is needed. `import()` itself takes no digest, and nothing that the page around us says reaches into this
 * document; so each file of a chunk is fetched into the document's modules by an element that does, and imported from there.
 */
import { FRAME_CHUNK_ATTRIBUTE } from '../contract.js';

/**
 * Runs `load` once all files of the chunk are here and are what the build made; the frame's document says where they are and their digests. Rejects
 * when one of them is not to be had, or is another.
 *
 * @param chunk name of the module that `load` imports, without its extension
 */
export async function loadChunk<T>(chunk: string, load: () => Promise<T>): Promise<T> {
  const links = document.querySelectorAll<HTMLLinkElement>(`link[${FRAME_CHUNK_ATTRIBUTE}="${chunk}"]`);
  await Promise.all([...links].map(fetchVerified));
  return load();
}

function fetchVerified({ href, integrity, nonce }: HTMLLinkElement): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = canPreloadModules() ? modulePreload(href) : moduleScript(href);
    // Without it the file of another origin could not be compared.
    element.crossOrigin = 'anonymous';
    element.integrity = integrity;
    element.nonce = nonce;
    element.onload = () => resolve();
    element.onerror = () => reject(new Error(`${href} is not there, or is not what it should be.`));
    document.head.append(element);
  });
}

/** Safari from 17 on, Firefox from 115 on. */
function canPreloadModules(): boolean {
  return document.createElement('link').relList.supports('modulepreload');
}

function modulePreload(href: string): HTMLLinkElement {
  return Object.assign(document.createElement('link'), { rel: 'modulepreload', href });
}

/** Where modules cannot be preloaded there are no Trusted Types either. What it exports, `import()` finds. */
function moduleScript(src: string): HTMLScriptElement {
  return Object.assign(document.createElement('script'), { type: 'module', src });
}
