/** Says what is wrong: to the page's author in the console, each problem once; to the page's code in an event, each time it turns up. */
import type { Problem } from '../../core/errors.js';
import { CozeErrorEvent } from './panel-events.js';

export class ErrorReporter {
  readonly #target: EventTarget;
  readonly #logged = new Set<string>();
  readonly #active = new Set<string>();

  constructor(target: EventTarget) {
    this.#target = target;
  }

  /** A problem that still stands is no news, however often it is noticed. */
  report(problem: Problem): void {
    const text = `${problem.code}: ${problem.message}`;
    if (this.#active.has(text)) return;
    this.#active.add(text);
    this.advise(text);
    this.#target.dispatchEvent(new CozeErrorEvent(problem));
  }

  /** For the console alone: what is no failure of the chat, and yet not as the page's author will have meant it. */
  advise(sentence: string): void {
    const text = `[coze-chat] ${sentence}`;
    // eslint-disable-next-line no-console -- the page's author looks here first
    if (!this.#logged.has(text)) console.warn(text);
    this.#logged.add(text);
  }

  /** All is well, or is tried again: what turns up from now on is news. */
  reset(): void {
    this.#active.clear();
  }
}
