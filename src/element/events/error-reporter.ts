/** Reports problems: to the console, each once, for the page's author; as an event, each time one comes up, for the page's code. */
import type { Problem } from '../../core/errors.js';
import { CozeErrorEvent } from './panel-events.js';

export class ErrorReporter {
  readonly #target: EventTarget;
  readonly #logged = new Set<string>();
  readonly #active = new Set<string>();

  constructor(target: EventTarget) {
    this.#target = target;
  }

  /** Ignores a problem that is still active. */
  report(problem: Problem): void {
    const text = `${problem.code}: ${problem.message}`;
    if (this.#active.has(text)) return;
    this.#active.add(text);
    this.advise(text);
    this.#target.dispatchEvent(new CozeErrorEvent(problem));
  }

  /** Warns in the console only, about a set-up that works but is probably not intended. */
  advise(sentence: string): void {
    const text = `[coze-chat] ${sentence}`;
    // eslint-disable-next-line no-console -- the page's author looks here first
    if (!this.#logged.has(text)) console.warn(text);
    this.#logged.add(text);
  }

  /** The chat works or retries: from now on a problem counts as a new one. */
  reset(): void {
    this.#active.clear();
  }
}
