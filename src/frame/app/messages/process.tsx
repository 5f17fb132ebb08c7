/** A place for what a bot did on the way to its answer. What shows it is loaded when there is something. */
import { type ComponentType, type JSX, useEffect, useState } from 'react';
import { loadChunk } from '../../platform/load-chunk.js';
import { useMessages } from './messages-context.js';
import { hasSteps, type ProcessProps } from './process-props.js';

export function Process(props: ProcessProps): JSX.Element | null {
  const { options } = useMessages();
  const [Lines, setLines] = useState<ComponentType<ProcessProps>>();
  const isShown = options.process !== 'hidden' && hasSteps(props.messages);
  useEffect(() => {
    if (!isShown || Lines !== undefined) return;
    loadChunk('process-lines', () => import('./process/process-lines.js')).then(
      (loaded) => setLines(() => loaded.ProcessLines),
      // eslint-disable-next-line no-console -- the answer is there without
      () => console.warn('[coze-chat] What is about the way to an answer could not be loaded.'),
    );
  }, [isShown]);
  return isShown && Lines !== undefined ? <Lines {...props} /> : null;
}
