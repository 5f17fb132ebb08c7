import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import type { ChatMessage } from '../frame/contract.js';
import type { SessionStatus } from '../session/state.js';
import { ChatOnDemand } from './chat-on-demand.js';
import { ChatProperties } from './chat-properties.js';
import { type ChatMode, chosen, modes } from './mode.js';
import { customStates } from './custom-states.js';
import type { LauncherNames } from './launcher-names.js';
import { localeOf } from './locale.js';
import { recall } from './recall.js';
import type * as pageParts from './page-parts.js';
import { ProblemReports } from './problem-reports.js';
import { type ShellTexts, shellTexts } from './shell-texts.js';
import { CozeBeforeHideEvent, CozeBeforeShowEvent, CozeHideEvent, CozeShowEvent } from './shell-events.js';
import { chatIcon, closeIcon } from './icons.js';
import { placeholderView } from './status-view.js';
import styles from './shell.css?inline';

/** The page's own buttons. */
const TRIGGERS = '[data-coze-chat]';

/** A change of any of these is a change of the visitor or of the bot. Another app of the same visitor can wait for the session to notice it. */
const IDENTITY_PROPERTIES: ReadonlySet<PropertyKey> = new Set([
  'tokenEndpoint',
  'credentials',
  'botId',
  'userId',
  'apiBaseUrl',
  'connectorId',
]);

/**
 * A Coze chat in which every visitor sees only their own conversation.
 *
 * @see README.md, whose tables of attributes, methods, events, slots, parts, custom properties and states are in the manifest, too.
 */
export class CozeChatElement extends ChatProperties {
  /** @internal */
  static override styles = unsafeCSS(styles);
  /** @internal */
  static override properties: PropertyDeclarations = { sessionStatus: { state: true }, names: { state: true } };

  readonly #states = customStates(this);
  readonly #chat: ChatOnDemand;
  #hadFocus = false;
  #parts: pageParts.PageParts | undefined;
  /** @internal */
  opener: HTMLElement | undefined;
  /** BCP 47; of what is shown, or on its way. */
  #tag = 'en';

  /** @internal */
  private sessionStatus: SessionStatus = 'idle';
  /** @internal In another language than English. */
  private names: LauncherNames | undefined;

  constructor() {
    super();
    this.#chat = new ChatOnDemand({
      host: this,
      reports: new ProblemReports(this),
      onStatus: (status) => (this.sessionStatus = status),
      onRetry: this.#handleRetry,
    });
    this.addEventListener('keydown', this.#handleKeydown);
  }

  /** `idle · authorizing · loading · ready · refreshing · signed-out · failed`, also as `:state(…)`. */
  get status(): SessionStatus {
    return this.sessionStatus;
  }

  /** @internal */
  get chatName(): string {
    return this.ariaLabel || this.heading || this.#texts.chat;
  }

  /** @internal */
  get isBubble(): boolean {
    return this.#mode === 'bubble';
  }

  /** @internal */
  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('click', this.#handlePageClick);
    this.requestUpdate();
  }

  /** @internal */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A node that is moved is disconnected and connected in one task; its chat lives on.
    queueMicrotask(() => {
      if (this.isConnected) return;
      document.removeEventListener('click', this.#handlePageClick);
      this.#parts?.stop();
      this.#parts = undefined;
      this.#chat.end();
    });
  }

  /** @internal The former visitor's chat goes at once, not with the next rendering. */
  override requestUpdate(name?: PropertyKey, oldValue?: unknown, ...rest: []): void {
    super.requestUpdate(name, oldValue, ...rest);
    // Defaults are set before there is a chat.
    if (name === undefined || !(#chat in this) || !IDENTITY_PROPERTIES.has(name)) return;
    // Absent is absent, whether a framework says '', null or undefined.
    if ((this[name as keyof this] || '') === (oldValue || '')) return;
    this.#chat.changeVisitor();
  }

  /** @internal */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated && !this.forgetOpen && recall('sessionStorage', 'open', this)) this.show();
    if (changed.has('open')) this.#hadFocus = this.shadowRoot?.activeElement != null;
  }

  /** @internal */
  protected override updated(changed: PropertyValues): void {
    this.#states.become(this.sessionStatus);
    if (changed.has('open') && this.open !== (changed.get('open') ?? false)) this.#afterToggle();
    if (this.isConnected) {
      void this.#speak();
      if (this.#parts !== undefined) this.#parts.sync(this.names);
      else if (this.teaser || document.querySelector(TRIGGERS)) void this.#loadParts();
      this.#chat.sync(!this.isBubble || this.open, this.loading);
    }
  }

  /** Opens the panel (bubble mode). */
  show(): void {
    if (this.open || !this.isBubble || !this.dispatchEvent(new CozeBeforeShowEvent())) return;
    this.open = true;
  }

  /** Closes the panel; the chat behind it stays. */
  hide(): void {
    if (!this.open || !this.isBubble || !this.dispatchEvent(new CozeBeforeHideEvent())) return;
    this.open = false;
  }

  toggle(): void {
    if (this.open) this.hide();
    else this.show();
  }

  /**
   * Asks as if the visitor had, after what was asked before; `show()` opens the panel. Resolves with the complete answer. Rejects with a
   * `CozeChatError`: `interrupted` when another visitor or `signOut()` comes first, `chat_failed` without an answer, else what keeps the
   * chat from starting.
   */
  async sendMessage(text: string): Promise<ChatMessage> {
    return (await this.#chat.summon()).send(text);
  }

  /** Begins a new, empty conversation once no answer is running. Rejects like `sendMessage()`. */
  async clearConversation(): Promise<void> {
    return (await this.#chat.summon()).clear();
  }

  /** Removes the visitor's chat and token, at once. `reload()` or another identity starts anew. */
  signOut(): void {
    this.#chat.signOut();
  }

  /** Starts from scratch: a new token, a new frame. */
  reload(): void {
    this.#chat.reload();
  }

  /** Asks for a new access token now. Resolves when the answer is in. */
  async refreshToken(): Promise<void> {
    await this.#chat.live?.refreshToken();
  }

  /** @internal */
  protected override render(): TemplateResult {
    // A landmark of its own, because a bubble lies outside of the page's; else the panel is one.
    return html`<div
      class="root"
      lang=${this.names?.language ?? 'en'}
      role=${this.isBubble ? 'region' : nothing}
      aria-label=${this.isBubble ? this.chatName : nothing}
    >
      ${this.#renderPanel()} ${this.isBubble ? this.#renderLauncher() : nothing}
    </div>`;
  }

  get #mode(): ChatMode {
    return chosen(this.mode, modes);
  }

  get #texts(): ShellTexts {
    return this.#chat.live?.texts ?? { ...shellTexts, ...this.names, ...this.strings };
  }

  #renderLauncher(): TemplateResult {
    const { icon, open } = this;
    const { live } = this.#chat;
    const picture = icon ? html`<img src=${icon} alt="" />` : chatIcon;
    return html`<button
      type="button"
      class="launcher"
      part="launcher"
      aria-label=${(this.launcherLabel || this.#texts.openChat) + (live?.unreadMark ?? '')}
      aria-expanded=${open}
      aria-controls="panel"
      @click=${this.toggle}
      @pointerenter=${this.#handleNear}
      @focus=${this.#handleNear}
    >
      <slot name="launcher">${open ? closeIcon : picture}</slot>
      ${live?.renderBadge()}
    </button>`;
  }

  #renderPanel(): TemplateResult {
    const content = html`<div class="root" dir=${this.names?.direction ?? 'ltr'}>
      ${this.#chat.live?.render() ?? placeholderView(this.sessionStatus, this.#texts, this.#handleRetry)}
    </div>`;
    return this.isBubble
      ? html`<dialog
          id="panel"
          class="panel bubble"
          part="panel"
          aria-label=${this.chatName}
          tabindex="-1"
          ?open=${this.open}
          ?hidden=${!this.open}
        >
          ${content} ${this.#chat.live?.resizeHandle}
        </dialog>`
      : html`<section id="panel" class="panel ${this.#mode}" part="panel" role="region" aria-label=${this.chatName} tabindex="-1">
          ${content}
        </section>`;
  }

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !this.isBubble || !this.open) return;
    event.preventDefault();
    this.hide();
  };

  /** The one listener on the page: its buttons for the chat may come at any time. */
  readonly #handlePageClick = (event: Event): void => {
    const trigger = (event.composedPath()[0] as Partial<Element>).closest?.<HTMLElement>(TRIGGERS);
    if (!trigger) return;
    // A link, or a form, that is there for whoever has no script.
    event.preventDefault();
    void this.#loadParts().then((loaded) => loaded?.pullTrigger(this, trigger));
  };

  /** Who comes near may open it; then it had better be there. */
  readonly #handleNear = (): void => {
    if (this.loading !== 'click') this.#chat.sync(true);
  };

  readonly #handleRetry = (): void => {
    // The button goes with the failure.
    this.#focus('.panel');
    this.reload();
  };

  /** Focus follows a visitor who was here already; a page that opens the chat by itself keeps it. */
  #afterToggle(): void {
    if (!this.isBubble) return;
    this.#chat.live?.afterToggle();
    const { opener } = this;
    if (!this.open) this.opener = undefined;
    if (this.open ? this.#hadFocus || opener : this.#hadFocus && !opener?.isConnected) this.#focus(this.open ? '.panel' : '.launcher');
    else if (this.#hadFocus) opener?.focus();
    this.dispatchEvent(this.open ? new CozeShowEvent() : new CozeHideEvent());
  }

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  }

  async #loadParts(): Promise<typeof pageParts | undefined> {
    const loaded = await import('./page-parts.js').catch(() => undefined);
    if (loaded && this.isConnected && this.#parts === undefined) {
      this.#parts = new loaded.PageParts(this);
      this.#parts.sync(this.names);
    }
    return loaded;
  }

  async #speak(): Promise<void> {
    const tag = localeOf(this, this.locale);
    if (tag === this.#tag) return;
    this.#tag = tag;
    const loaded = /^en\b/i.test(tag) ? undefined : await import('./launcher-names.js').catch(() => undefined);
    if (tag === this.#tag) this.names = loaded?.launcherNames(tag);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'coze-chat': CozeChatElement;
  }
}
