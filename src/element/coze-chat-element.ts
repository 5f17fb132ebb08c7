import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import type { ChatMessage } from '../frame/contract.js';
import type { SessionStatus } from '../session/session-state.js';
import { LazyChat } from './chat/lazy-chat.js';
import { ChatProperties } from './properties/chat-properties.js';
import { type ChatMode, toEnumerated, MODE_VALUES } from './properties/mode.js';
import { customStates } from './status/custom-states.js';
import type { LauncherStrings } from './launcher/launcher-strings.js';
import { resolveLocale } from './properties/resolve-locale.js';
import { readStored } from './ui/storage-read.js';
import { LazyPageFeatures } from './page/lazy-page-features.js';
import { ErrorReporter } from './events/error-reporter.js';
import { type DefaultStrings, defaultStrings } from './launcher/default-strings.js';
import { CozeBeforeHideEvent, CozeBeforeShowEvent, CozeHideEvent, CozeShowEvent } from './events/panel-events.js';
import { renderLauncher, renderPanel } from './launcher/launcher-view.js';
import { renderPlaceholder } from './status/status-view.js';
import styles from './coze-chat-element.css?inline';

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
  static override properties: PropertyDeclarations = { sessionStatus: { state: true }, launcherStrings: { state: true } };

  readonly #states = customStates(this);
  readonly #chat: LazyChat;
  #focusWasInside = false;
  readonly #pageFeatures = new LazyPageFeatures(this);
  /** @internal */
  opener: HTMLElement | undefined;
  /** BCP 47; of what is shown, or on its way. */
  #localeTag = 'en';

  /** @internal */
  private sessionStatus: SessionStatus = 'idle';
  /** @internal In another language than English. */
  private names: LauncherStrings | undefined;

  constructor() {
    super();
    this.#chat = new LazyChat({
      host: this,
      reports: new ErrorReporter(this),
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
    return this.ariaLabel || this.heading || this.#strings.chat;
  }

  /** @internal */
  get isBubble(): boolean {
    return this.#mode === 'bubble';
  }

  /** @internal */
  override connectedCallback(): void {
    super.connectedCallback();
    this.#pageFeatures.start();
    this.requestUpdate();
  }

  /** @internal */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A node that is moved is disconnected and connected in one task; its chat lives on.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#pageFeatures.stop();
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
    this.#chat.resetForIdentity();
  }

  /** @internal A task of its own while the page loads: together with the upgrade it would be a long one on a slow processor. */
  protected override async scheduleUpdate(): Promise<void> {
    if (document.readyState !== 'complete') await new Promise((resolve) => setTimeout(resolve));
    void super.scheduleUpdate();
  }

  /** @internal */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated && !this.forgetOpen && readStored('sessionStorage', 'open', this)) this.show();
    if (changed.has('open')) this.#focusWasInside = this.shadowRoot?.activeElement != null;
  }

  /** @internal */
  protected override updated(changed: PropertyValues): void {
    this.#states.set(this.sessionStatus);
    if (changed.has('open') && this.open !== (changed.get('open') ?? false)) this.#afterToggle();
    if (!this.isConnected) return;
    void this.#loadLauncherStrings();
    this.#pageFeatures.sync(this.names);
    this.#chat.sync(!this.isBubble || this.open, this.loading);
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
    return (await this.#chat.whenLoaded()).send(text);
  }

  /** Begins a new, empty conversation once no answer is running. Rejects like `sendMessage()`. */
  async clearConversation(): Promise<void> {
    return (await this.#chat.whenLoaded()).clear();
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
    await this.#chat.controller?.refreshToken();
  }

  /** @internal */
  protected override render(): TemplateResult {
    const { chatName, isBubble, names } = this;
    const { controller } = this.#chat;
    const texts = this.#strings;
    const content = html`<div class="root" dir=${names?.direction ?? 'ltr'}>
      ${controller?.render() ?? renderPlaceholder(this.sessionStatus, texts, this.#handleRetry)}
    </div>`;
    const launcherName = (this.launcherLabel || texts.openChat) + (controller?.unread.ariaSuffix ?? '');
    // A landmark of its own, because a bubble lies outside of the page's; else the panel is one.
    return html`<div
      class="root"
      lang=${names?.language ?? 'en'}
      role=${isBubble ? 'region' : nothing}
      aria-label=${isBubble ? chatName : nothing}
    >
      ${renderPanel(this, this.#mode, content, controller?.resizeHandle)}
      ${isBubble ? renderLauncher(this, launcherName, controller?.unread.badge, this.#handleIntent) : nothing}
    </div>`;
  }

  get #mode(): ChatMode {
    return toEnumerated(this.mode, MODE_VALUES);
  }

  get #strings(): DefaultStrings {
    return this.#chat.controller?.texts ?? { ...defaultStrings, ...this.names, ...this.strings };
  }

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !this.isBubble || !this.open) return;
    event.preventDefault();
    this.hide();
  };

  /** Who comes near may open it; then it had better be there. */
  readonly #handleIntent = (): void => {
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
    this.#chat.controller?.handleToggle();
    const { opener } = this;
    if (!this.open) this.opener = undefined;
    if (this.open ? this.#focusWasInside || opener : this.#focusWasInside && !opener?.isConnected)
      this.#focus(this.open ? '.panel' : '.launcher');
    else if (this.#focusWasInside) opener?.focus();
    this.dispatchEvent(this.open ? new CozeShowEvent() : new CozeHideEvent());
  }

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  }

  async #loadLauncherStrings(): Promise<void> {
    const tag = resolveLocale(this, this.locale);
    if (tag === this.#localeTag) return;
    this.#localeTag = tag;
    const loaded = /^en\b/i.test(tag) ? undefined : await import('./launcher/launcher-strings.js').catch(() => undefined);
    if (tag === this.#localeTag) this.names = loaded?.loadLauncherStrings(tag);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'coze-chat': CozeChatElement;
  }
}
