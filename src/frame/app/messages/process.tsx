/** Shows a bot's steps or sources. The code is loaded when a turn has some. */
import type { JSX } from 'react';
import { useLateComponent } from '../../platform/use-late-component.js';
import { useMessages } from './messages-context.js';
import { hasSteps, type ProcessProps } from './process-props.js';

export function Process(props: ProcessProps): JSX.Element | null {
  const { options } = useMessages();
  const isShown = options.process !== 'hidden' && hasSteps(props.messages);
  const Lines = useLateComponent(
    'process-lines',
    () => import('./process/process-lines.js').then(({ ProcessLines }) => ProcessLines),
    isShown,
    'What shows the way to an answer',
  );
  return isShown && Lines !== undefined ? <Lines {...props} /> : null;
}
