/**
 * Queue of the page's commands. Commands that need a response of Coze run one after the other in the order of their calls, because Coze
 * allows one running answer in a conversation. Commands wait until the frame is ready. A command for one visitor's chat never runs in another
 * visitor's chat.
 */
import { CozeChatError } from '../core/chat-error.js';
import { ErrorCode, type Problem } from '../core/errors.js';
import type { ChatApi } from '../frame/contract.js';

interface Command {
  readonly run: (controls: ChatApi) => Promise<void>;
  /** Whether the command runs at once, even while a reply is running. */
  readonly isInstant: boolean;
  readonly reject: (problem: Problem) => void;
}

/** The problem of commands whose chat was removed. */
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

  /**
   * Runs `command`. Rejects with a {@link CozeChatError}: `interrupted` if the chat is removed before `command` has finished, or the problem
   * that removed it.
   */
  add<T>(command: (controls: ChatApi) => Promise<T>, { isInstant = false } = {}): Promise<T> {
    return new Promise((resolve, fail) => {
      const reject = (problem: Problem): void => fail(new CozeChatError(problem));
      const run = (controls: ChatApi): Promise<void> => command(controls).then(resolve, fail);
      this.#waiting.push({ run, isInstant, reject });
      this.#next();
    });
  }

  /** Called when the frame is ready, and again when its document is reloaded because the page has moved the iframe. */
  attach(controls: ChatApi): void {
    this.detach();
    this.#controls = controls;
    this.#next();
  }

  /** Called when the frame is removed; another one for the same visitor may follow. Rejects the running command, whose progress is unknown. */
  detach(): void {
    this.#controls = undefined;
    for (const { reject } of [this.#running, ...this.#runningInstantly].filter((command) => command !== undefined)) reject(interrupted);
    this.#running = undefined;
    this.#runningInstantly.clear();
  }

  /** Rejects all commands, because the chat was removed. `problem` is the reason, if there is one. */
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
