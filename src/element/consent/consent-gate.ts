/**
 * The question in front of a chat with `consent="required"`; loaded only for such chats. Stores only the fact that the visitor has agreed.
 * Creates its elements by hand: code shared with other chunks would become a chunk of its own that delays every chat.
 */
import { getConsentStrings } from '../../locales/consent-strings.js';
import type { ChatElementHost } from '../properties/chat-host.js';
import { resolveLocale } from '../properties/resolve-locale.js';
import { readStored, storageKey } from '../ui/storage-read.js';

const AGREED = '1';

/**
 * Keys in `localStorage` that are not separate for each chat: those of `session/newest-conversation.ts` and of the frame's
 * `given-feedback.ts`.
 */
const SHARED_STORAGE_KEYS = ['coze-chat-embed:newest', 'coze-chat-feedback'];

const BUTTON = 'min-block-size:44px;padding:8px 20px;margin-block-start:8px;font:inherit;border-radius:8px;cursor:pointer';
const LATER = ';color:inherit;background:none;border:1px solid var(--_line)';

export class ConsentGate {
  /** Resolves when the visitor has agreed, or when waiting commands are released. */
  decided!: Promise<void>;
  /** Without `localStorage`: key of the chat to which the visitor has agreed on this page. */
  #agreedTo = '';
  readonly #host: ChatElementHost;
  readonly #element: HTMLElement;
  readonly #title: HTMLElement;
  readonly #sentence: HTMLElement;
  readonly #link: HTMLAnchorElement;
  readonly #agree: HTMLButtonElement;
  readonly #later: HTMLButtonElement;
  #settle!: () => void;

  constructor(host: ChatElementHost) {
    const { ownerDocument: document } = host;
    this.#host = host;
    this.#title = document.createElement('strong');
    this.#sentence = document.createElement('p');
    this.#sentence.dir = 'auto';
    this.#link = document.createElement('a');
    this.#link.target = '_blank';
    this.#link.rel = 'noopener';
    this.#link.style.cssText = 'color:inherit';
    const slot = document.createElement('slot');
    slot.name = 'consent';
    slot.append(this.#sentence, this.#link);
    this.#agree = this.#createButton('retry', BUTTON, () => this.#handleAgree());
    this.#later = this.#createButton('later', BUTTON + LATER, () => host.hide());
    this.#element = document.createElement('div');
    // The children are laid out by the status view, which centres them.
    this.#element.style.cssText = 'display:contents;overflow-wrap:anywhere';
    this.#element.append(this.#title, slot, this.#agree, this.#later);
    this.#resetDecision();
    host.requestUpdate();
  }

  isGiven(): boolean {
    return this.#agreedTo === this.#key || readStored('localStorage', 'consent', this.#host) !== null;
  }

  /** Updates the question from the host's properties and its language. */
  update(): HTMLElement {
    const { consentText, consentUrl, isBubble, locale } = this.#host;
    const { title, text, notice, agree, later } = getConsentStrings(resolveLocale(this.#host, locale));
    this.#title.textContent = title;
    this.#sentence.textContent = consentText || text;
    this.#link.textContent = notice;
    this.#link.href = consentUrl;
    // Another scheme, such as `javascript:`, could run script; an invalid URL has an empty protocol.
    this.#link.hidden = !/^https?:$/.test(this.#link.protocol) || !consentUrl;
    this.#agree.textContent = agree;
    this.#later.textContent = later;
    this.#later.hidden = !isBubble;
    return this.#element;
  }

  /** Lets commands that wait for the visitor's answer continue without it. */
  release(): void {
    this.#settle();
    this.#resetDecision();
  }

  /** Resets the state to that of a visitor who has never agreed. */
  withdraw(): void {
    this.#agreedTo = '';
    for (const key of [this.#key, storageKey('size', this.#host), ...SHARED_STORAGE_KEYS]) this.#store(key, null);
    // Other tabs get the `storage` event from the browser; this page does not.
    window.dispatchEvent(new StorageEvent('storage', { key: this.#key }));
    this.#resetDecision();
    this.#host.requestUpdate();
  }

  get #key(): string {
    return storageKey('consent', this.#host);
  }

  #createButton(className: string, cssText: string, onPress: () => void): HTMLButtonElement {
    const button = this.#host.ownerDocument.createElement('button');
    button.type = 'button';
    button.className = className;
    button.style.cssText = cssText;
    button.onclick = onPress;
    return button;
  }

  #resetDecision(): void {
    this.decided = new Promise((resolve) => (this.#settle = resolve));
  }

  #handleAgree(): void {
    if (!this.#store(this.#key, AGREED)) this.#agreedTo = this.#key;
    this.#settle();
    // The focused button disappears with the question.
    this.#host.renderRoot.querySelector<HTMLElement>('.panel')?.focus({ preventScroll: true });
    this.#host.requestUpdate();
  }

  /** Stores `value`, or removes it if `null`. Returns whether the browser allows that. */
  #store(key: string, value: string | null): boolean {
    try {
      if (value === null) window.localStorage.removeItem(key);
      else window.localStorage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  }
}
