/** What a chat says in the visitor's language, as soon as that is there. */
import type { ReactiveController } from 'lit';
import { type Language, toLanguage } from '../../locales/language.js';
import { loadStrings } from '../../locales/strings.js';
import type { ChatStrings } from '../../locales/translations/en.js';
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
  /** Of the language before, while a new one is on its way. */
  #loaded: LocalizedStrings | undefined;

  constructor(host: StringsHost) {
    this.#host = host;
  }

  /** `undefined` until those of a language are there. */
  get current(): LocalizedStrings | undefined {
    return this.#loaded && { ...this.#loaded, strings: { ...this.#loaded.strings, ...this.#host.strings } };
  }

  /** Loads the language's strings, unless they are there. */
  hostUpdate(): void {
    const host = this.#host;
    const language = toLanguage(resolveLocale(host, host.locale));
    if (language === this.#wanted) return;
    this.#wanted = language;
    void loadStrings(language).then((strings) => {
      if (language !== this.#wanted) return;
      this.#loaded = { strings, language };
      host.requestUpdate();
    });
  }
}
