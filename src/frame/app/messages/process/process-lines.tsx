/** Shows a bot's steps, each as a line that unfolds; and the sources, below the answer. */
import type { JSX, ReactNode } from 'react';
import { addStyles } from '../../../platform/add-styles.js';
import { SafeLink } from '../../links/safe-link.js';
import { useMessages } from '../messages-context.js';
import type { ProcessProps } from '../process-props.js';
import { findSources, parseSteps, type Source, type Step } from './parse-steps.js';
import processCss from './process-lines.css?inline';

addStyles(processCss);

export function ProcessLines({ messages, isRunning, place }: ProcessProps): JSX.Element | null {
  const { options } = useMessages();
  const steps = parseSteps(messages);
  if (place === 'below') return <Sources sources={findSources(steps)} />;
  if (steps.length === 0) return null;
  return (
    <div className="process">
      {steps.map((step, index) => (
        <Line key={index} step={step} isRunning={isRunning} isOpen={options.process === 'open'} />
      ))}
    </div>
  );
}

interface LineProps {
  readonly step: Step;
  readonly isRunning: boolean;
  readonly isOpen: boolean;
}

function Line({ step, isRunning, isOpen }: LineProps): JSX.Element {
  const { strings } = useMessages();
  switch (step.kind) {
    case 'thinking':
      return (
        <Fold summary={isRunning && !step.isOver ? strings.thinking : strings.thoughts} isOpen={isOpen}>
          <p>{step.text}</p>
        </Fold>
      );
    case 'tool': {
      const isOver = step.result !== undefined || !isRunning;
      const name = step.name === '' ? strings.tool : step.name;
      return (
        <Fold summary={(isOver ? strings.usedTool : strings.usingTool).replace('{name}', () => name)} isOpen={isOpen}>
          {step.input !== '' && <pre>{step.input}</pre>}
          {step.result !== undefined && <pre>{step.result}</pre>}
        </Fold>
      );
    }
    case 'recall':
      return (
        <Fold summary={strings.recalled} isOpen={isOpen}>
          {step.sources.map(({ title, text }, index) => (
            <p key={index}>
              {title !== '' && <b>{title} </b>}
              {text}
            </p>
          ))}
        </Fold>
      );
  }
}

function Fold({
  summary,
  isOpen,
  children,
}: {
  readonly summary: string;
  readonly isOpen: boolean;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <details open={isOpen} dir="auto">
      <summary onKeyDown={(event) => event.stopPropagation()}>{summary}</summary>
      <div className="process__content">{children}</div>
    </details>
  );
}

function Sources({ sources }: { readonly sources: readonly Source[] }): JSX.Element | null {
  const { strings } = useMessages();
  if (sources.length === 0) return null;
  return (
    <div className="sources">
      {strings.sources}
      <ol>
        {sources.map(({ title, url }, index) => (
          <li key={index} dir="auto">
            <SafeLink url={url}>{title || url}</SafeLink>
          </li>
        ))}
      </ol>
    </div>
  );
}
