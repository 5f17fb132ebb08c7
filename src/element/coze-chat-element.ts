import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import type { ChatMessage } from '../frame/contract.js';
import type { SessionStatus } from '../session/session-state.js';
import { LazyChat } from './chat/lazy-chat.js';
import { ChatProperties } from './properties/chat-properties.js';
import { type ChatMode, toEnumerated, MODE_VALUES } from './properties/mode.js';
import { customStates } from './status/custom-states.js';
import type { LauncherStrings } from './launcher/launcher-strings.js';
import { resolveLocale } from './properties/resolve-locale.js';
import { afterRemoval } from './ui/after-removal.js';
import { readStored, RESTORE_OPEN } from './ui/storage-read.js';
import { LazyPageFeatures } from './page/lazy-page-features.js';
import { ErrorReporter } from './events/error-reporter.js';
import { type DefaultStrings, defaultStrings } from './launcher/default-strings.js';
import { CozeBeforeHideEvent, CozeBeforeShowEvent, CozeHideEvent, CozeShowEvent } from './events/panel-events.js';
import { renderLauncher, renderPanel } from './launcher/launcher-view.js';
import { renderPlaceholder } from './status/status-view.js';
import styles from './coze-chat-element.css?inline';

/**
 * A Coze chat in which every visitor sees only their own conversation.
 *
 * @see README.md, whose tables of attributes, methods, events, slots, parts, custom properties and states are in the manifest, too.
 */
export class CozeChatElement extends ChatProperties {
  /** @internal */
  static override styles = unsafeCSS(styles);
  /** @internal */
  static override properties: PropertyDeclarations = { launcherStrings: { state: true } };

  readonly #states = customStates(this);
  readonly #chat: LazyChat;
  #focusWasInside = false;
  /** @internal */
  opener: HTMLElement | undefined;
  /** BCP 47 tag whose launcher strings are loaded or being loaded. */
  #localeTag = 'en';

  /** @internal Of another language than English. */
  launcherStrings: LauncherStrings | undefined;

  constructor() {
    super();
    this.#chat = new LazyChat({
      host: this,
      reporter: new ErrorReporter(this),
      onRetry: this.#handleRetry,
    });
    this.addController(new LazyPageFeatures(this));
    this.addEventListener('keydown', this.#handleKeydown);
  }

  /** `idle · authorizing · loading · ready · refreshing · signed-out · failed`, also as `:state(…)`. */
  get status(): SessionStatus {
    return this.#chat.status;
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
    this.requestUpdate();
  }

  /** @internal */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    afterRemoval(this, () => this.#chat.stop());
  }

  /** @internal The former visitor's chat goes at once, not with the next rendering. */
  override requestUpdate(name?: PropertyKey, oldValue?: unknown, ...rest: []): void {
    super.requestUpdate(name, oldValue, ...rest);
    // Lit also reports the defaults, which are set before there is a chat.
    if (name !== undefined && #chat in this) this.#chat.handlePropertyChange(name);
  }

  /** @internal Renders in a macrotask while the document loads: upgrade and render together exceed 50 ms on a 4× slower processor. */
  protected override async scheduleUpdate(): Promise<void> {
    if (document.readyState !== 'complete') await new Promise((resolve) => setTimeout(resolve));
    void super.scheduleUpdate();
  }

  /** @internal */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated && !this.forgetOpen && readStored('sessionStorage', 'open', this) === RESTORE_OPEN) this.show();
    if (changed.has('open')) this.#focusWasInside = this.shadowRoot?.activeElement != null;
  }

  /** @internal */
  protected override updated(changed: PropertyValues): void {
    this.#states.set(this.status);
    if (changed.has('open') && this.open !== (changed.get('open') ?? false)) this.#afterToggle();
    if (!this.isConnected) return;
    void this.#loadLauncherStrings();
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
    return this.#chat.run((session) => session.send(text));
  }

  /** Begins a new, empty conversation once no answer is running. Rejects like `sendMessage()`. */
  async clearConversation(): Promise<void> {
    return this.#chat.run((session) => session.clear());
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
    await this.#chat.refreshToken();
  }

  /** @internal */
  protected override render(): TemplateResult {
    const { chatName, isBubble, launcherStrings } = this;
    const { controller } = this.#chat;
    const strings = this.#strings;
    const content = html`<div class="root" dir=${launcherStrings?.direction ?? 'ltr'}>
      ${controller?.render() ?? renderPlaceholder(this.status, strings, this.#handleRetry)}
    </div>`;
    const launcherName = (this.launcherLabel || strings.openChat) + (controller?.unread.ariaSuffix ?? '');
    // A landmark of its own, because a bubble lies outside of the page's; else the panel is one.
    return html`<div
      class="root"
      lang=${launcherStrings?.language ?? 'en'}
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
    return this.#chat.controller?.strings ?? { ...defaultStrings, ...this.launcherStrings, ...this.strings };
  }

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !this.isBubble || !this.open) return;
    event.preventDefault();
    this.hide();
  };

  /** Preload on intent (pointerenter, focus) unless `loading="click"`. */
  readonly #handleIntent = (): void => {
    if (this.loading !== 'click') this.#chat.sync(true);
  };

  readonly #handleRetry = (): void => {
    // The button goes with the failure.
    this.#focus('.panel');
    this.reload();
  };

  /** Moves focus only if it was inside the element or came from a trigger; a programmatic `show()` does not steal it. */
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
    if (tag === this.#localeTag) this.launcherStrings = loaded?.getLauncherStrings(tag);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'coze-chat': CozeChatElement;
  }
}
