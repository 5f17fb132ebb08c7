/** The page's own way to sign in, for a visitor who is signed out. */
import { html, nothing, type TemplateResult } from 'lit';
import { CozeSignInEvent } from '../events/chat-events.js';

export interface SignInLinkHost extends EventTarget {
  readonly signInUrl: string;
  readonly ownerDocument: Document;
}

/** Absolute; `undefined` for what must not be followed, such as `javascript:`. */
export function signInHref({ signInUrl, ownerDocument }: SignInLinkHost): string | undefined {
  const { baseURI } = ownerDocument;
  const url = URL.canParse(signInUrl, baseURI) ? new URL(signInUrl, baseURI) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

export class SignInLink {
  readonly #host: SignInLinkHost;
  readonly #window: Window;
  readonly #onReturn: () => void;

  /** `onReturn`: the visitor went to sign in and is back, perhaps from a window of its own. */
  constructor(host: SignInLinkHost, window: Window, onReturn: () => void) {
    this.#host = host;
    this.#window = window;
    this.#onReturn = onReturn;
  }

  render(text: string): TemplateResult | typeof nothing {
    const href = this.#host.signInUrl ? signInHref(this.#host) : undefined;
    return href === undefined
      ? nothing
      : html`<a class="action" href=${href} @click=${(event: Event) => this.#handleClick(event, href)}>${text}</a>`;
  }

  /** The visitor is no longer signed out. */
  dispose(): void {
    this.#window.removeEventListener('focus', this.#onReturn);
  }

  #handleClick(event: Event, url: string): void {
    this.#window.addEventListener('focus', this.#onReturn);
    if (!this.#host.dispatchEvent(new CozeSignInEvent(url))) event.preventDefault();
  }
}
