/** What a chat says in the visitor's language, as soon as that is there. */
import type { ChatStrings } from '../../locales/translations/en.js';
import { type Language, languageOf } from '../../locales/language.js';
import { loadStrings } from '../../locales/strings.js';
import { localeOf } from '../properties/resolve-locale.js';

export interface Words {
  readonly texts: ChatStrings;
  readonly language: Language;
}

export interface WordsHost extends Element {
  readonly locale: string;
  readonly strings: Partial<ChatStrings> | undefined;
  requestUpdate(): void;
}

export class SpokenWords {
  readonly #host: WordsHost;
  #wanted: Language | undefined;
  /** Of the language before, while a new one is on its way. */
  #loaded: Words | undefined;

  constructor(host: WordsHost) {
    this.#host = host;
  }

  /** `undefined` until those of a language are there. */
  get current(): Words | undefined {
    return this.#loaded && { ...this.#loaded, texts: { ...this.#loaded.texts, ...this.#host.strings } };
  }

  /** The language may be another one. */
  sync(): void {
    const host = this.#host;
    const language = languageOf(localeOf(host, host.locale));
    if (language === this.#wanted) return;
    this.#wanted = language;
    void loadStrings(language).then((texts) => {
      if (language !== this.#wanted) return;
      this.#loaded = { texts, language };
      host.requestUpdate();
    });
  }
}
