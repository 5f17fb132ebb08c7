/** Shows the time until the next attempt, updated every second. */
import type { ReactiveController } from 'lit';
import type { Language } from '../../locales/language.js';
import type { LocalizedStrings } from './localized-strings.js';

export class RetryCountdown implements ReactiveController {
  /** `role="timer"`: screen readers do not announce every change. */
  readonly element: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(document: Document) {
    this.element = document.createElement('p');
    this.element.setAttribute('role', 'timer');
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** `atMs`: epoch milliseconds. */
  start(atMs: number, localized: LocalizedStrings): void {
    this.stop();
    const leftMs = atMs - Date.now();
    const { strings, language } = localized;
    this.element.textContent = leftMs > 0 ? strings.retryIn.replace('{time}', formatRelative(leftMs, language)) : strings.retryNow;
    if (leftMs > 0) this.#timer = setTimeout(() => this.start(atMs, localized), leftMs % 1000 || 1000);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function formatRelative(ms: number, language: Language): string {
  const seconds = Math.ceil(ms / 1000);
  const format = new Intl.RelativeTimeFormat(language);
  return seconds > 90 ? format.format(Math.ceil(seconds / 60), 'minute') : format.format(seconds, 'second');
}
