/** The link with which a signed-out visitor can sign in. */
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { resolveOption } from '../../core/address.js';
import type { SessionStatus } from '../../session/session-state.js';
import { CozeSignInEvent } from '../events/chat-events.js';

export interface SignInLinkHost extends EventTarget {
  readonly signInUrl: string;
  readonly ownerDocument: Document;
}

/** Returns an absolute URL; `undefined` for schemes that must not be followed, such as `javascript:`. */
export function signInHref({ signInUrl, ownerDocument }: SignInLinkHost): string | undefined {
  return resolveOption(signInUrl, ownerDocument.baseURI);
}

export class SignInLink implements ReactiveController {
  readonly #host: SignInLinkHost & { readonly status: SessionStatus };
  readonly #window: Window;
  readonly #onWindowFocus: () => void;

  /** `onWindowFocus` is called when the visitor is back, possibly from another window in which they have signed in. */
  constructor(host: SignInLinkHost & { readonly status: SessionStatus }, window: Window, onWindowFocus: () => void) {
    this.#host = host;
    this.#window = window;
    this.#onWindowFocus = onWindowFocus;
  }

  render(text: string): TemplateResult | typeof nothing {
    const href = this.#host.signInUrl ? signInHref(this.#host) : undefined;
    return href === undefined
      ? nothing
      : html`<a class="action" href=${href} @click=${(event: Event) => this.#handleClick(event, href)}>${text}</a>`;
  }

  hostUpdate(): void {
    if (this.#host.status !== 'signed-out') this.hostDisconnected();
  }

  hostDisconnected(): void {
    this.#window.removeEventListener('focus', this.#onWindowFocus);
  }

  #handleClick(event: Event, url: string): void {
    this.#window.addEventListener('focus', this.#onWindowFocus);
    if (!this.#host.dispatchEvent(new CozeSignInEvent(url))) event.preventDefault();
  }
}
