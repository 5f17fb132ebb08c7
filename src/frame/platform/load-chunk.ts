/**
 * Loads code of the frame on demand. `import()` itself checks no digest, and an import map of the page does not apply to this document. So
 * each file of a chunk is first loaded into the module map by an element with `integrity`, and imported from there.
 */
import { FRAME_CHUNK_ATTRIBUTE } from '../contract.js';

/**
 * Runs `load` when all files of the chunk are loaded and have the digests of the build, both named in the frame's document. Rejects if a
 * file is missing or differs.
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
    // Without CORS the digest of a cross-origin file cannot be checked.
    element.crossOrigin = 'anonymous';
    element.integrity = integrity;
    element.nonce = nonce;
    element.onload = () => resolve();
    element.onerror = () => reject(new Error(`${href} is not there, or is not what it should be.`));
    document.head.append(element);
  });
}

/** Safari since 17, Firefox since 115. */
function canPreloadModules(): boolean {
  return document.createElement('link').relList.supports('modulepreload');
}

function modulePreload(href: string): HTMLLinkElement {
  return Object.assign(document.createElement('link'), { rel: 'modulepreload', href });
}

/** For browsers without modulepreload, which have no Trusted Types either. `import()` finds the module in the module map. */
function moduleScript(src: string): HTMLScriptElement {
  return Object.assign(document.createElement('script'), { type: 'module', src });
}
