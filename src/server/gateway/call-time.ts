/** How long a call may take, and who ends it before: the visitor who goes, or a limit on the way. */
import type { Timers } from '../../core/clock.js';
import { ApiProblem } from './api-problem.js';

export class CallTime {
  readonly #controller = new AbortController();
  readonly #visitor: AbortSignal;
  readonly #follow: () => void;
  #cancelTimer: () => void;

  constructor(visitor: AbortSignal, durationMs: number, timers: Timers) {
    this.#visitor = visitor;
    this.#follow = () => this.stop(new ApiProblem('client_disconnected'));
    this.#cancelTimer = timers.set(() => this.stop(new ApiProblem('upstream_timeout')), durationMs);
    visitor.addEventListener('abort', this.#follow);
    if (visitor.aborted) this.#follow();
  }

  /** Of the requests that the call makes. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  stop(reason: ApiProblem): void {
    this.#controller.abort(reason);
  }

  /** The answer has begun: it has bounds of its own. */
  keepOn(): void {
    this.#cancelTimer();
    this.#cancelTimer = () => undefined;
  }

  end(): void {
    this.keepOn();
    this.#visitor.removeEventListener('abort', this.#follow);
  }
}
