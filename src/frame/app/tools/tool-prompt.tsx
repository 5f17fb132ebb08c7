/** Shows the visitor a question before a tool runs, or that a tool is running. Rendered into its own root beside the chat. */
import type { JSX, MouseEvent } from 'react';
import { createRoot } from 'react-dom/client';
import type { ChatStrings } from '../../../locales/translations/en.js';
import type { ToolQuestion } from '../../contract.js';
import { addStyles } from '../../platform/add-styles.js';
import { Dialog } from '../dialog/dialog.js';
import toolsCss from './tools.css?inline';

addStyles(toolsCss);

export class ToolPrompt {
  readonly #strings: ChatStrings;
  readonly #container: HTMLElement;
  readonly #root: ReturnType<typeof createRoot>;

  constructor(strings: ChatStrings, document: Document) {
    this.#strings = strings;
    this.#container = document.createElement('div');
    document.body.append(this.#container);
    this.#root = createRoot(this.#container);
  }

  /** Asks the visitor before a tool runs. */
  ask(question: ToolQuestion, onAnswer: (isWanted: boolean) => void): void {
    this.#root.render(<Question question={question} onAnswer={onAnswer} strings={this.#strings} />);
  }

  /** Shows that a tool is running. */
  showRunning(name: string): void {
    this.#root.render(
      <div className="tool-running" role="status" dir="auto">
        {this.#strings.usingTool.replace('{name}', () => name)}
      </div>,
    );
  }

  clear(): void {
    this.#root.render(null);
  }

  remove(): void {
    this.#root.unmount();
    this.#container.remove();
  }
}

interface QuestionProps {
  readonly question: ToolQuestion;
  readonly onAnswer: (isWanted: boolean) => void;
  readonly strings: ChatStrings;
}

function Question({ question, onAnswer, strings }: QuestionProps): JSX.Element {
  const { name, sentence, details } = question;
  return (
    <Dialog
      // A new key for each question, so that none starts with the focus on a button.
      key={JSON.stringify(question)}
      title={sentence || strings.toolQuestion.replace('{name}', () => name)}
      onCancel={() => onAnswer(false)}
      onSubmit={() => onAnswer(true)}
    >
      {/* Gets the focus, so that a visitor who is typing does not answer by Space or Enter. */}
      <div className="tool-details" tabIndex={0} ref={(element) => element?.setAttribute('autofocus', '')}>
        <dl>
          {details.map((detail, index) => (
            <div key={index}>
              <dt dir="auto">{detail.name}</dt>
              <dd dir="auto">{detail.value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="ask__buttons" onClickCapture={ignoreRepeated}>
        <button type="button" onClick={() => onAnswer(false)}>
          {strings.toolNo}
        </button>
        <button type="submit" className="ask__yes">
          {strings.toolYes}
        </button>
      </div>
    </Dialog>
  );
}

/** The second click of a double click answers nothing: it was for the question before this one, whose buttons were in the same place. */
function ignoreRepeated(event: MouseEvent): void {
  if (event.detail < 2) return;
  event.preventDefault();
  event.stopPropagation();
}
