/** Callers that wait for a token, each until its own deadline. */
import type { Timers } from '../../core/clock.js';

export class Waiters {
  readonly #timers: Timers;
  /** Returns the value with which every waiter resolves, read at that moment. */
  readonly #answer: () => string;
  readonly #waiting = new Set<() => void>();

  constructor(timers: Timers, answer: () => string) {
    this.#timers = timers;
    this.#answer = answer;
  }

  get hasPending(): boolean {
    return this.#waiting.size > 0;
  }

  /** Resolves with the next {@link resolveAll}, or after `deadlineMs`. Never rejects. */
  wait(deadlineMs: number): Promise<string> {
    return new Promise((resolve) => {
      const finish = (): void => {
        cancel();
        this.#waiting.delete(finish);
        resolve(this.#answer());
      };
      const cancel = this.#timers.set(finish, deadlineMs);
      this.#waiting.add(finish);
    });
  }

  resolveAll(): void {
    for (const finish of [...this.#waiting]) finish();
  }
}
