import { type ComponentType, useEffect, useState } from 'react';
import { loadChunk } from './load-chunk.js';
import { retryWhenOnline } from './retry-when-online.js';

/**
 * Loads a component of the chat when it first has something to show, so that its code delays nothing else. Returns `undefined` until `isWanted` has
 * been true and the code is loaded. After a failure, loads it again when the connection is back.
 *
 * @param chunk as for {@link loadChunk}
 * @param name for the warning in the console if the code cannot be loaded; the chat continues without it
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
