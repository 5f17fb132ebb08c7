/**
 * What a page wants done in the chat. What Coze has to answer is done one after the other and in the order it was said: Coze allows one
 * running answer in a conversation. Commands wait for the frame; what was said to one visitor's chat is never done in another's.
 */
import { CozeChatError } from '../core/chat-error.js';
import { ErrorCode, type Problem } from '../core/errors.js';
import type { ChatApi } from '../frame/contract.js';

interface Command {
  readonly run: (controls: ChatApi) => Promise<void>;
  /** Is begun at once, also while a reply is running. */
  readonly isInstant: boolean;
  readonly reject: (problem: Problem) => void;
}

/** The end of what was asked of a chat that is gone. */
export const interrupted: Problem = {
  code: ErrorCode.Interrupted,
  message: 'The chat it was meant for is gone.',
  retryable: true,
};

export class CommandQueue {
  #controls: ChatApi | undefined;
  #running: Command | undefined;
  readonly #runningInstantly = new Set<Command>();
  #waiting: Command[] = [];

  /** Rejects with a {@link CozeChatError}: of `interrupted` when the chat goes before `command` is done, or with what befell the chat. */
  add<T>(command: (controls: ChatApi) => Promise<T>, { isInstant = false } = {}): Promise<T> {
    return new Promise((resolve, fail) => {
      const reject = (problem: Problem): void => fail(new CozeChatError(problem));
      const run = (controls: ChatApi): Promise<void> => command(controls).then(resolve, fail);
      this.#waiting.push({ run, isInstant, reject });
      this.#next();
    });
  }

  /** The frame is ready; it may have been before, when its document was loaded anew because it was moved in its page. */
  attach(controls: ChatApi): void {
    this.detach();
    this.#controls = controls;
    this.#next();
  }

  /** The frame is gone; another one for the same visitor may come. How far the running command got is unknown. */
  detach(): void {
    this.#controls = undefined;
    for (const { reject } of [this.#running, ...this.#runningInstantly].filter((command) => command !== undefined)) reject(interrupted);
    this.#running = undefined;
    this.#runningInstantly.clear();
  }

  /** The chat is gone, for `problem` if there is one. */
  rejectAll(problem: Problem = interrupted): void {
    this.detach();
    for (const { reject } of this.#waiting.splice(0)) reject(problem);
  }

  #next(): void {
    const controls = this.#controls;
    if (controls === undefined) return;
    const instant = this.#waiting.filter(({ isInstant }) => isInstant);
    this.#waiting = this.#waiting.filter(({ isInstant }) => !isInstant);
    for (const command of instant) {
      this.#runningInstantly.add(command);
      void command.run(controls).then(() => this.#runningInstantly.delete(command));
    }
    if (this.#running !== undefined) return;
    const command = (this.#running = this.#waiting.shift());
    void command?.run(controls).then(() => {
      if (this.#running !== command) return;
      this.#running = undefined;
      this.#next();
    });
  }
}
