/** How long it is until the next attempt, in words that change by themselves. */
import type { Language } from '../../locales/language.js';
import type { LocalizedStrings } from './localized-strings.js';

export class RetryCountdown {
  /** Assistive technology reads a timer when asked to, not each second. */
  readonly element: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(document: Document) {
    this.element = document.createElement('p');
    this.element.role = 'timer';
  }

  /** `atMs`: epoch milliseconds. */
  start(atMs: number, words: LocalizedStrings): void {
    this.stop();
    const leftMs = atMs - Date.now();
    this.element.textContent = leftMs > 0 ? words.texts.retryIn.replace('{time}', inWords(leftMs, words.language)) : words.texts.retryNow;
    if (leftMs > 0) this.#timer = setTimeout(() => this.start(atMs, words), leftMs % 1000 || 1000);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function inWords(ms: number, language: Language): string {
  const seconds = Math.ceil(ms / 1000);
  const format = new Intl.RelativeTimeFormat(language);
  return seconds > 90 ? format.format(Math.ceil(seconds / 60), 'minute') : format.format(seconds, 'second');
}
