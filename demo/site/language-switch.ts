import { html } from 'lit';
import { property } from 'lit/decorators.js';
import { LightElement } from '../page/light-element.js';
import { LANGUAGE_TITLES, PAGE_LANGUAGES, type PageLanguage, withPageLanguage } from './page-language.js';

/** Links to this page in its other languages. The rest of the URL is kept, as it is at the time of the click. */
export class LanguageSwitch extends LightElement {
  @property({ attribute: false }) language: PageLanguage = 'en';

  protected override render() {
    return PAGE_LANGUAGES.map(
      (language) =>
        html`<a
          href=${withPageLanguage(location.href, language)}
          lang=${language}
          hreflang=${language}
          aria-current=${language === this.language ? 'true' : 'false'}
          @click=${this.#follow}
          >${LANGUAGE_TITLES[language]}</a
        >`,
    );
  }

  readonly #follow = ({ currentTarget }: Event): void => {
    const link = currentTarget as HTMLAnchorElement;
    link.href = withPageLanguage(location.href, link.lang as PageLanguage);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'language-switch': LanguageSwitch;
  }
}
