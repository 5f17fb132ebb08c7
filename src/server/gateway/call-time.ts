/** The time limit of a call, and its abort: by the visitor's disconnect or by another limit. */
import type { Timers } from '../../core/clock.js';
import { ApiProblem } from './api-problem.js';

export class CallTime {
  readonly #controller = new AbortController();
  readonly #visitor: AbortSignal;
  readonly #follow: () => void;
  readonly #timers: Timers;
  #cancelTimer: () => void = () => undefined;

  constructor(visitor: AbortSignal, durationMs: number, timers: Timers) {
    this.#visitor = visitor;
    this.#follow = () => this.stop(new ApiProblem('client_disconnected'));
    this.#timers = timers;
    this.limit(durationMs);
    visitor.addEventListener('abort', this.#follow);
    if (visitor.aborted) this.#follow();
  }

  /** Aborts the requests of the call. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  stop(reason: ApiProblem): void {
    this.#controller.abort(reason);
  }

  /** Replaces the time limit; the new one begins now. */
  limit(durationMs: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#timers.set(() => this.stop(new ApiProblem('upstream_timeout')), durationMs);
  }

  /** Removes the time limit when the answer has begun: an answer has other limits. */
  clearTimeLimit(): void {
    this.#cancelTimer();
    this.#cancelTimer = () => undefined;
  }

  end(): void {
    this.clearTimeLimit();
    this.#visitor.removeEventListener('abort', this.#follow);
  }
}
