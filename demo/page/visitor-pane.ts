import { html, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { live } from 'lit/directives/live.js';
import type { CozeChatElement } from '../../src/element/coze-chat-element.js';
import type { CozeTokenEvent } from '../../src/element/events/chat-events.js';
import { fill } from '../site/marked-text.js';
import type { PageLanguage } from '../site/page-language.js';
import { firstEvent } from './first-event.js';
import { type Account, login, logOut, type PreviewConfig, requestSession } from './host-client.js';
import { LightElement } from './light-element.js';
import { PRODUCTS, Shop } from './shop.js';
import { en, type PreviewStrings } from './strings/en.js';
import { tokenEndpointOf, type TokenMode } from './token-mode.js';
import type { TokenTimes } from './token-status.js';

const SIGNED_OUT = '';
const CHAT_START_TIMEOUT_MS = 5000;

/** Fired when a visitor has signed in or out in a pane. */
export class VisitorChangeEvent extends Event {
  readonly phase: 'signed in' | 'signed out';
  readonly account: Account;

  constructor(phase: 'signed in' | 'signed out', account: Account) {
    super('visitor-change', { bubbles: true });
    this.phase = phase;
    this.account = account;
  }
}

/** A visitor's browser with the shop's help page and the chat in it. */
export class VisitorPane extends LightElement {
  @property() side = 'left';
  @property({ attribute: 'default-account' }) defaultAccount = 'alice';
  @property({ attribute: false }) language: PageLanguage = 'en';
  @property({ attribute: false }) strings: PreviewStrings = en;
  @property({ attribute: false }) config: PreviewConfig | undefined;
  /** The visitor whose conversation a reload would show here, if the page expects one. */
  @property({ attribute: false }) expectsMessagesOf: string | undefined;
  @state() account: Account | null = null;
  @state() private isKnown = false;
  @state() private tokenMode: TokenMode = 'isolated';
  /** The visitor whose chat is shown. It does not change on sign-out, so that no attribute starts another chat. */
  @state() private chatOwner: Account | undefined;
  @state() private times: TokenTimes | undefined;
  /** A new number creates a new chat. */
  @state() private visit = 0;
  @query('coze-chat') private readonly chat!: CozeChatElement | null;
  readonly #shop = new Shop(
    () => this.strings,
    () => this.requestUpdate(),
  );
  #lastChange: Promise<void> = Promise.resolve();

  /** Resumes the session of an earlier visit, or signs in the pane's usual visitor. */
  async resume(): Promise<void> {
    const account = (await requestSession(this.side)) ?? (this.#wasSignedOut ? null : await login(this.side, this.defaultAccount));
    if (account !== null) this.#show(account);
    this.isKnown = true;
  }

  /** Signs in as the account, or signs out. Quick successive changes reach the host in order. */
  changeAccount(id: string): Promise<void> {
    this.#lastChange = this.#lastChange.then(() => (id === SIGNED_OUT ? this.#leave() : this.#enter(id)));
    return this.#lastChange;
  }

  /** Resolves when the chat with the other kind of token has started or failed. */
  async changeTokenMode(mode: TokenMode): Promise<void> {
    if (mode === this.tokenMode) return;
    this.tokenMode = mode;
    this.times = undefined;
    this.expectsMessagesOf = undefined;
    if (this.account !== null) await firstEvent(this, ['coze-ready', 'coze-error'], CHAT_START_TIMEOUT_MS);
  }

  reloadChat(): void {
    this.expectsMessagesOf = undefined;
    this.chat?.reload();
  }

  refreshToken(): void {
    if (this.account !== null) void this.chat?.refreshToken();
  }

  /** Named by its position in the page's current layout. */
  get browser(): string {
    return this.side === 'left' ? this.strings.first : this.strings.second;
  }

  get heading(): string {
    return this.account === null ? this.strings.nobodyHere : fill(this.strings.browserOf, { name: this.account.name });
  }

  protected override render() {
    const { strings } = this;
    return html`
      <h3 class="pane-title">
        ${this.account === null ? html`<span class="pane-nobody" aria-hidden="true"></span>` : html`<img src=${this.account.avatar} alt="" width="24" height="24" />`}
        ${this.isKnown ? this.heading : strings.opening}
      </h3>
      <div class="browser">
        <div class="browser-bar">
          <button
            class="icon-button"
            type="button"
            @click=${this.reloadChat}
            aria-label=${fill(strings.reloadChat, { browser: this.heading })}
            title=${strings.reload}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M17.7 6.3A8 8 0 1 0 20 12h-2a6 6 0 1 1-1.8-4.2L13 11h7V4z" /></svg>
          </button>
          <span class="browser-address">
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M17 9V7A5 5 0 0 0 7 7v2H5v12h14V9zm-8-2a3 3 0 0 1 6 0v2H9z" /></svg>
            tidewater.example${this.#shop.page}
          </span>
        </div>
        <div class="browser-site">
          <div class="shop-bar">
            <span class="shop-name">Tidewater <span>Coffee</span></span>
            <label class="account">
              <span>${strings.signedInAs}</span>
              <select @change=${(event: Event) => this.changeAccount((event.target as HTMLSelectElement).value)}>
                ${this.config?.accounts.map(({ id, name }) => html`<option value=${id} .selected=${live(id === this.account?.id)}>${name}</option>`)}
                <option value=${SIGNED_OUT} .selected=${live(this.account === null)}>${strings.nobody}</option>
              </select>
            </label>
          </div>
          ${this.account === null ? nothing : this.#renderShop()}
          ${this.expectsMessagesOf === undefined ? nothing : this.#renderExpectation(this.expectsMessagesOf)}
          <div class="browser-page">${this.#renderChat()}</div>
        </div>
        <token-status class="token-status" .strings=${strings} .times=${this.account === null ? undefined : this.times}></token-status>
      </div>
    `;
  }

  #renderShop() {
    const { strings } = this;
    const cart = this.#shop.cart || strings.cartEmpty;
    return html`
      <div class="shop-shelf">
        <label>
          <span>${strings.product}</span>
          <select @change=${(event: Event) => this.#shop.look((event.target as HTMLSelectElement).value)}>
            ${PRODUCTS.map(
              (product) => html`<option value=${product} .selected=${live(product === this.#shop.product)}>${strings[product]}</option>`,
            )}
          </select>
        </label>
        <output aria-label=${strings.cart} title=${strings.cartHint}>${fill(strings.cartHas, { cart })}</output>
      </div>
    `;
  }

  #renderExpectation(name: string) {
    return html`
      <p class="expectation">
        ${fill(this.strings.hasWritten, { name })}
        <button class="button button-small" type="button" @click=${this.reloadChat}>${this.strings.reloadThis}</button>
      </p>
    `;
  }

  #renderChat() {
    if (this.config === undefined || this.chatOwner === undefined) {
      return this.isKnown ? html`<p class="browser-empty">${this.strings.chooseVisitor}</p>` : nothing;
    }
    return keyed(
      `${this.tokenMode} ${this.visit}`,
      html`<coze-chat
        mode="inline"
        aria-label=${this.heading}
        locale=${this.language}
        token-endpoint=${tokenEndpointOf(this.side, this.tokenMode)}
        api-base-url=${this.config.apiBaseUrl}
        bot-id=${this.config.botIds[this.language]}
        user-id=${this.chatOwner.id}
        user-name=${this.chatOwner.name}
        user-avatar=${this.chatOwner.avatar}
        .tools=${this.#shop.tools}
        .context=${this.#shop.context}
        @coze-token=${this.#noteToken}
      ></coze-chat>`,
    );
  }

  readonly #noteToken = ({ phase, expiresAt, nextRequestAt }: CozeTokenEvent): void => {
    if (expiresAt === undefined) return;
    const renewals = phase === 'refreshed' ? (this.times?.renewals ?? 0) + 1 : 0;
    this.times = { receivedAtMs: Date.now(), expiresAtMs: expiresAt, nextRequestAtMs: nextRequestAt, renewals };
  };

  async #enter(id: string): Promise<void> {
    this.#show(await login(this.side, id));
    this.#wasSignedOut = false;
  }

  async #leave(): Promise<void> {
    const { account } = this;
    if (account === null) return;
    this.chat?.signOut();
    this.account = null;
    this.#shop.empty();
    this.times = undefined;
    this.expectsMessagesOf = undefined;
    this.#wasSignedOut = true;
    await logOut(this.side);
    this.dispatchEvent(new VisitorChangeEvent('signed out', account));
  }

  #show(account: Account): void {
    if (this.account === null) this.visit += 1;
    if (this.account?.id !== account.id) this.#shop.empty();
    this.account = account;
    this.chatOwner = account;
    this.expectsMessagesOf = undefined;
    this.dispatchEvent(new VisitorChangeEvent('signed in', account));
  }

  /** Keeps a visitor who chose "Nobody" signed out after a reload of the page. */
  get #wasSignedOut(): boolean {
    return sessionStorage.getItem(`signed-out ${this.side}`) !== null;
  }

  set #wasSignedOut(value: boolean) {
    if (value) sessionStorage.setItem(`signed-out ${this.side}`, 'yes');
    else sessionStorage.removeItem(`signed-out ${this.side}`);
  }
}

declare global {
  interface HTMLElementEventMap {
    'visitor-change': VisitorChangeEvent;
  }
  interface HTMLElementTagNameMap {
    'visitor-pane': VisitorPane;
  }
}
