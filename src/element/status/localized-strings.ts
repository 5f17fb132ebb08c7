/** Loads the strings of the visitor's language for the element. */
import type { ReactiveController } from 'lit';
import { type Language, toLanguage } from '../../locales/language.js';
import { loadStrings } from '../../locales/strings.js';
import { type ChatStrings, strings as english } from '../../locales/translations/en.js';
import { resolveLocale } from '../properties/resolve-locale.js';

export interface LocalizedStrings {
  readonly strings: ChatStrings;
  readonly language: Language;
}

export interface StringsHost extends Element {
  readonly locale: string;
  readonly strings: Partial<ChatStrings> | undefined;
  requestUpdate(): void;
}

export class StringsController implements ReactiveController {
  readonly #host: StringsHost;
  #wanted: Language | undefined;
  /** Strings of the former language while the new ones are loading. */
  #loaded: LocalizedStrings | undefined;

  constructor(host: StringsHost) {
    this.#host = host;
  }

  /** `undefined` until a language's strings are loaded. */
  get current(): LocalizedStrings | undefined {
    return this.#loaded && { ...this.#loaded, strings: { ...this.#loaded.strings, ...this.#host.strings } };
  }

  /** Loads the language's strings if the language has changed. */
  hostUpdate(): void {
    const host = this.#host;
    const language = toLanguage(resolveLocale(host, host.locale));
    if (language === this.#wanted) return;
    this.#wanted = language;
    void loadStrings(language).then((strings) => {
      if (language !== this.#wanted) return;
      // English if the file of the language cannot be loaded.
      this.#loaded = { strings, language: strings === english ? 'en' : language };
      host.requestUpdate();
    });
  }
}
