/** Shows the time until the next attempt, updated every second. */
import type { ReactiveController } from 'lit';
import { type Clock, elapsedMs, type Instant, type Timers } from '../../core/clock.js';
import type { Language } from '../../locales/language.js';
import type { LocalizedStrings } from './localized-strings.js';

export class RetryCountdown implements ReactiveController {
  /** `role="timer"`: screen readers do not announce every change. */
  readonly element: HTMLElement;
  readonly #clock: Clock;
  readonly #timers: Timers;
  #cancelTimer: (() => void) | undefined;
  #atMs: number | undefined;
  #since: Instant;

  constructor(document: Document, clock: Clock, timers: Timers) {
    this.#clock = clock;
    this.#timers = timers;
    this.#since = clock.now();
    this.element = document.createElement('p');
    this.element.setAttribute('role', 'timer');
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** `atMs`: epoch milliseconds by the clock at the first call with this value. A clock that is set back later does not prolong the wait. */
  start(atMs: number, localized: LocalizedStrings): void {
    this.stop();
    const now = this.#clock.now();
    if (atMs !== this.#atMs) this.#since = now;
    this.#atMs = atMs;
    const leftMs = atMs - this.#since.wallMs - elapsedMs(this.#since, now);
    const { strings, language } = localized;
    this.element.textContent = leftMs > 0 ? strings.retryIn.replace('{time}', formatRelative(leftMs, language)) : strings.retryNow;
    if (leftMs > 0) this.#cancelTimer = this.#timers.set(() => this.start(atMs, localized), leftMs % 1000 || 1000);
  }

  stop(): void {
    this.#cancelTimer?.();
  }
}

function formatRelative(ms: number, language: Language): string {
  const seconds = Math.ceil(ms / 1000);
  const format = new Intl.RelativeTimeFormat(language);
  return seconds > 90 ? format.format(Math.ceil(seconds / 60), 'minute') : format.format(seconds, 'second');
}
