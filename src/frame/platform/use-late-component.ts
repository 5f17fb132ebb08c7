import { type ComponentType, useEffect, useState } from 'react';
import { loadChunk } from './load-chunk.js';
import { retryWhenOnline } from './retry-when-online.js';

/**
 * A part of the chat whose code comes when there is something for it to show, after all that a visitor waits for. `undefined` until `isWanted` has
 * been true and the code is there. What could not be loaded is tried again when the connection is back.
 *
 * @param chunk as for {@link loadChunk}
 * @param name for the console, where the code is not to be had: the chat goes on without
 */
export function useLateComponent<Props>(
  chunk: string,
  load: () => Promise<ComponentType<Props>>,
  isWanted: boolean,
  name: string,
): ComponentType<Props> | undefined {
  const [Loaded, setLoaded] = useState<ComponentType<Props>>();
  useEffect(() => {
    if (!isWanted || Loaded !== undefined) return undefined;
    return retryWhenOnline(() =>
      loadChunk(chunk, load).then(
        (component) => {
          setLoaded(() => component);
          return 'succeeded';
        },
        () => {
          // eslint-disable-next-line no-console -- for the author: no visitor sees that something is missing
          console.warn(`[coze-chat] ${name} could not be loaded.`);
          return 'failed';
        },
      ),
    );
  }, [isWanted]);
  return Loaded;
}
