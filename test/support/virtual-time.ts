/**
 * Virtual time: both clocks and the timers stand still until a test advances them. As in browsers, timers drop fractions of a millisecond, and a
 * delay that is not a number counts as 0. They fire in the order in which they are due, each with its microtasks, before the next.
 */
import type { Clock, Instant, Timers } from '../../src/core/clock.js';

/** Detects an endless loop: code that sets a timer without delay in every timer. */
const MOST_TIMERS_AT_ONCE = 10_000;

interface Timer {
  readonly callback: () => void;
  readonly dueMs: number;
}

export class VirtualTime {
  #wallMs = Date.UTC(2026, 0, 1);
  #monotonicMs = 1_000;
  /** The clock of the timers; stands still while the machine sleeps even if the monotonic clock does not. */
  #timersMs = 0;
  readonly #pending = new Set<Timer>();

  readonly clock: Clock = { now: () => this.now };

  readonly timers: Timers = {
    set: (callback, delayMs) => {
      const timer: Timer = { callback, dueMs: this.#timersMs + Math.max(Math.trunc(delayMs) || 0, 0) };
      this.#pending.add(timer);
      return () => void this.#pending.delete(timer);
    },
  };

  get now(): Instant {
    return { wallMs: this.#wallMs, monotonicMs: this.#monotonicMs };
  }

  /** How long the machine has been awake: the clock of the timers. */
  get awakeMs(): number {
    return this.#timersMs;
  }

  /** Timers that are set and have not fired. */
  get timerCount(): number {
    return this.#pending.size;
  }

  /** How long until the next timer fires; `undefined` without any. */
  get nextTimerInMs(): number | undefined {
    const next = this.#nextTimer();
    return next && next.dueMs - this.#timersMs;
  }

  /** Advances both clocks and the timers by `ms`. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#timersMs + ms;
    let firedAtOnce = 0;
    await flushMicrotasks();
    for (let timer = this.#nextTimer(); timer !== undefined && timer.dueMs <= endMs; timer = this.#nextTimer()) {
      firedAtOnce = timer.dueMs > this.#timersMs ? 0 : firedAtOnce + 1;
      if (firedAtOnce > MOST_TIMERS_AT_ONCE) throw new Error('Timers fire without end while no time passes.');
      this.#pass(timer.dueMs - this.#timersMs);
      this.#pending.delete(timer);
      timer.callback();
      await flushMicrotasks();
    }
    this.#pass(endMs - this.#timersMs);
  }

  /** Sets the wall clock, as a user or NTP does. */
  jumpWall(byMs: number): void {
    this.#wallMs += byMs;
  }

  /**
   * The machine sleeps: timers freeze; the monotonic clock stops on some systems and continues on others. Timers that are due by then fire
   * with the next {@link advance}.
   */
  sleep(ms: number, monotonicClock: 'stops' | 'runs' = 'stops'): void {
    this.#wallMs += ms;
    if (monotonicClock === 'runs') this.#monotonicMs += ms;
  }

  #pass(ms: number): void {
    this.#wallMs += ms;
    this.#monotonicMs += ms;
    this.#timersMs += ms;
  }

  #nextTimer(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#pending) if (next === undefined || timer.dueMs < next.dueMs) next = timer;
    return next;
  }
}

/** Resolves when all code has run that waits only for promises. */
export function flushMicrotasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
