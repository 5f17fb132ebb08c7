import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import { CozeChatError } from '../chat-error.js';
import type { ChatMessage } from '../frame/contract.js';
import type { ChatStrings } from '../locales/en.js';
import type { SessionStatus } from '../session/state.js';
import type { GetToken } from '../token/requester.js';
import { type ChatMode, type ChatPlacement, type ChatTheme, chosen, modes } from './choices.js';
import { customStates } from './custom-states.js';
import { chatIcon, closeIcon } from './icons.js';
import type { LauncherNames } from './launcher-names.js';
import type { LiveChat } from './live-chat.js';
import { localeOf } from './locale.js';
import { ProblemReports } from './problem-reports.js';
import { property } from './property.js';
import { type ShellTexts, shellTexts } from './shell-texts.js';
import { CozeBeforeHideEvent, CozeBeforeShowEvent, CozeHideEvent, CozeShowEvent } from './shell-events.js';
import { loadingView, statusView } from './status-view.js';
import styles from './shell.css?inline';

/** A change of any of these is a change of the visitor or of the bot. */
const IDENTITY_PROPERTIES: ReadonlySet<PropertyKey> = new Set([
  'tokenEndpoint',
  'credentials',
  'botId',
  'userId',
  'apiBaseUrl',
  'connectorId',
]);

/**
 * @summary A Coze chat in which every visitor sees only their own conversation.
 * @tagname coze-chat
 *
 * @fires coze-ready - The chat can be used.
 * @fires coze-before-show - The panel is about to open; cancelable.
 * @fires coze-show - The panel is open.
 * @fires coze-before-hide - The panel is about to close; cancelable.
 * @fires coze-hide - The panel is closed.
 * @fires coze-message - A message was sent or completely received: `role`, `text`, `id`.
 * @fires coze-unread - Answers came while the panel was closed, or were seen: `count`.
 * @fires coze-token - An access token was issued, refreshed or could not be had: `phase`, `reason`, `attempt`, `expiresAt`, `nextRequestAt`, `code`. Never the token.
 * @fires coze-identity-change - The former visitor's chat is gone: `cause`.
 * @fires coze-error - `code`, `message`, `retryable`.
 *
 * @slot launcher - Instead of the launcher's picture.
 * @slot loading - Instead of the loading view.
 * @slot error - Instead of the text and Retry of the failed view.
 *
 * @csspart launcher - The button that opens the panel.
 * @csspart badge - The number of answers nobody has seen yet.
 * @csspart panel - The chat with its header.
 * @csspart header - The panel's header.
 * @csspart close - The button that closes the panel.
 * @csspart frame - The chat's iframe.
 * @csspart status - What is shown instead of the chat.
 *
 * @cssprop [--coze-chat-accent=#4d53e8] - Colour of launcher, buttons, links, focus rings and the visitor's messages. Text on it is black or white.
 * @cssprop [--coze-chat-background=light-dark(#fff, #1b1b22)] - Background of panel and chat.
 * @cssprop [--coze-chat-color=light-dark(#1d1c23, #ececf1)] - Text; lines, greys and tints are made of it.
 * @cssprop [--coze-chat-width] - Width of the panel, or of the element in inline mode.
 * @cssprop [--coze-chat-height] - Height of the panel, or of the element in inline mode.
 * @cssprop [--coze-chat-offset-inline=24px] - Distance of the launcher from the side of the viewport; 16px on phones.
 * @cssprop [--coze-chat-offset-block=24px] - Distance of the launcher from the top or bottom of the viewport; 16px on phones.
 * @cssprop [--coze-chat-z-index=1000] - Stacking of launcher and panel.
 * @cssprop [--coze-chat-radius=16px] - Corner radius of the panel; corners in the chat follow.
 * @cssprop [--coze-chat-font] - Font family. The page's web fonts do not reach into the frame.
 * @cssprop [--coze-chat-font-size=14px] - Font size.
 *
 * @cssstate idle - Not shown yet.
 * @cssstate authorizing - Waiting for the first access token.
 * @cssstate loading - The chat is starting.
 * @cssstate ready - The chat can be used.
 * @cssstate refreshing - The chat can be used; a new token is on its way.
 * @cssstate signed-out - Nobody is signed in.
 * @cssstate failed - The chat cannot be used.
 */
export class CozeChatElement extends LitElement {
  static override styles = unsafeCSS(styles);

  readonly #states = customStates(this);
  readonly #reports = new ProblemReports(this);
  #chat: LiveChat | undefined;
  /** Grows when the element leaves the page for good; what was begun before is then no longer wanted. */
  #life = 0;
  #isWanted = false;
  /** Grows with every visitor, as far as the element is told. */
  #visitor = 0;
  #loading: Promise<void> | undefined;
  /** Said before there was a chat to sign out of. */
  #isSignOutDue = false;
  #hadFocus = false;
  /** BCP 47; of what is shown, or on its way. */
  #tag = 'en';

  /** Where the host's backend gives this visitor's token. Required unless `getToken` is set. */
  @property() tokenEndpoint = '';
  /** A function instead of a URL. */
  @property({ attribute: false }) getToken: GetToken | undefined;
  /** Cookies on the token request, as in Fetch. */
  @property() credentials: RequestCredentials = 'same-origin';
  /** The published bot. */
  @property() botId = '';
  /** Who the visitor is. The backend proves it; without it the backend's session decides. */
  @property() userId = '';
  @property() userName = '';
  @property() userAvatar = '';
  /** A JWT signed by the host that proves `user-id`, for backends without a cookie session. */
  @property() identityToken = '';
  @property() apiBaseUrl = 'https://api.coze.cn';
  /** Chat SDK channel. */
  @property() connectorId = '999';
  @property({ reflect: true, useDefault: true }) mode: ChatMode = 'bubble';
  @property({ reflect: true, useDefault: true }) placement: ChatPlacement = 'bottom-end';
  @property({ reflect: true, useDefault: true }) theme: ChatTheme = 'auto';
  /** Whether the panel is shown (bubble mode). */
  @property({ type: Boolean, reflect: true }) open = false;
  /** Title of the panel. */
  @property() heading = '';
  /** What assistive technology calls the chat; the heading unless given. Several chats on one page need different names. */
  @property({ reflect: true }) override ariaLabel: string | null = null;
  /** Picture of launcher and header. */
  @property() icon = '';
  @property() launcherLabel = '';
  /** BCP 47; from `lang` of the nearest ancestor, else the browser. */
  @property() locale = '';
  /** Texts of the host's own instead of those of the language, by name. */
  @property({ attribute: false }) strings: Partial<ChatStrings> | undefined;
  /** Where `frame.js` lives when the default cannot be used. */
  @property() frameSrc = '';
  /** Tells the console what happens to session and token; never the token, nor what anybody writes. */
  @property({ type: Boolean }) debug = false;

  @property({ state: true }) private sessionStatus: SessionStatus = 'idle';
  /** In another language than English. */
  @property({ state: true }) private names: LauncherNames | undefined;

  constructor() {
    super();
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

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A node that is moved is disconnected and connected in one task; its chat lives on.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  /** The former visitor's chat goes at once, not with the next rendering. */
  override requestUpdate(name?: PropertyKey, oldValue?: unknown, ...rest: []): void {
    super.requestUpdate(name, oldValue, ...rest);
    if (name === undefined || !IDENTITY_PROPERTIES.has(name)) return;
    // Absent is absent, whether a framework says '', null or undefined.
    if ((this[name as keyof this] || '') === (oldValue || '')) return;
    this.#isSignOutDue = false;
    this.#visitor++;
    this.#chat?.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open')) this.#hadFocus = this.shadowRoot?.activeElement != null;
  }

  protected override updated(changed: PropertyValues): void {
    this.#states.become(this.sessionStatus);
    if (changed.has('open') && this.open !== (changed.get('open') ?? false)) this.#afterToggle();
    if (this.isConnected) {
      void this.#speak();
      this.#sync();
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
    return (await this.#summonChat()).send(text);
  }

  /** Begins a new, empty conversation once no answer is running. Rejects like `sendMessage()`. */
  async clearConversation(): Promise<void> {
    return (await this.#summonChat()).clear();
  }

  /** Removes the visitor's chat and token, at once. `reload()` or another identity starts anew. */
  signOut(): void {
    this.#visitor++;
    if (this.#chat === undefined) this.#isSignOutDue = true;
    else this.#chat.signOut();
  }

  /** Starts from scratch: a new token, a new frame. */
  reload(): void {
    this.#isSignOutDue = false;
    this.#reports.settle();
    if (this.#chat !== undefined) this.#chat.reload();
    else if (this.sessionStatus === 'failed') this.sessionStatus = 'idle';
  }

  /** Asks for a new access token now. Resolves when the answer is in. */
  async refreshToken(): Promise<void> {
    await this.#chat?.refreshToken();
  }

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
    return this.#chat?.texts ?? { ...shellTexts, ...this.names, ...this.strings };
  }

  #renderLauncher(): TemplateResult {
    const picture = this.icon ? html`<img src=${this.icon} alt="" />` : chatIcon;
    return html`<button
      type="button"
      class="launcher"
      part="launcher"
      aria-label=${(this.launcherLabel || this.#texts.openChat) + (this.#chat?.unreadMark ?? '')}
      aria-expanded=${this.open}
      aria-controls="panel"
      @click=${this.toggle}
    >
      <slot name="launcher">${this.open ? closeIcon : picture}</slot>
      ${this.#chat?.renderBadge()}
    </button>`;
  }

  #renderPanel(): TemplateResult {
    return html`<section
      id="panel"
      class="panel ${this.#mode}"
      part="panel"
      role=${this.isBubble ? 'dialog' : 'region'}
      aria-label=${this.chatName}
      tabindex="-1"
      ?hidden=${this.isBubble && !this.open}
    >
      <div class="root" dir=${this.names?.direction ?? 'ltr'}>${this.#chat?.render() ?? this.#renderPlaceholder()}</div>
    </section>`;
  }

  /** Until the chat is loaded, or when it cannot be. */
  #renderPlaceholder(): TemplateResult {
    const { starting, unreachable, retry } = this.#texts;
    const failure = html`<strong>${unreachable}</strong> <button type="button" class="retry" @click=${this.#handleRetry}>${retry}</button>`;
    return statusView(this.sessionStatus, this.sessionStatus === 'failed' ? failure : loadingView(starting));
  }

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !this.isBubble || !this.open) return;
    event.preventDefault();
    this.hide();
  };

  readonly #handleRetry = (): void => {
    // The button goes with the failure.
    this.#focus('.panel');
    this.reload();
  };

  /** Focus follows a visitor who was here already; a page that opens the chat by itself keeps it. */
  #afterToggle(): void {
    if (!this.isBubble) return;
    if (this.#hadFocus) this.#focus(this.open ? '.panel' : '.launcher');
    this.#chat?.countUnread();
    this.dispatchEvent(this.open ? new CozeShowEvent() : new CozeHideEvent());
  }

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  }

  #object(message: string): void {
    this.#reports.report({ code: 'invalid_configuration', message, retryable: false });
  }

  async #speak(): Promise<void> {
    const tag = localeOf(this, this.locale);
    if (tag === this.#tag) return;
    this.#tag = tag;
    const loaded = /^en\b/i.test(tag) ? undefined : await import('./launcher-names.js').catch(() => undefined);
    if (tag === this.#tag) this.names = loaded?.launcherNames(tag);
  }

  /** Brings the chat in line with the properties, once it is wanted. */
  #sync(): void {
    this.#isWanted ||= !this.isBubble || this.open;
    if (!this.#isWanted) this.#checkEarly();
    else if (this.#chat !== undefined) this.#chat.configure();
    else if (this.sessionStatus === 'idle') this.#loading = this.#loadChat();
  }

  /** The chat of the visitor who is there now. */
  async #summonChat(): Promise<LiveChat> {
    const visitor = this.#visitor;
    this.#isWanted = true;
    this.requestUpdate();
    await this.updateComplete;
    await this.#loading;
    if (this.#chat !== undefined && visitor === this.#visitor) return this.#chat;
    throw new CozeChatError({ code: 'interrupted', message: 'The chat it was meant for is gone.', retryable: true });
  }

  /** The full check comes with the chat; what is plainly missing is said before anybody clicks. */
  #checkEarly(): void {
    if (!this.botId) this.#object('<coze-chat>: bot-id is missing.');
    else if (!this.tokenEndpoint && this.getToken == null) this.#object('<coze-chat>: token-endpoint is missing.');
  }

  async #loadChat(): Promise<void> {
    const life = this.#life;
    this.sessionStatus = 'authorizing';
    const loaded = await import('./live-chat.js').catch(() => undefined);
    if (life !== this.#life) return;
    if (loaded === undefined) {
      this.sessionStatus = 'failed';
      return this.#reports.report({
        code: 'frame_unavailable',
        message: 'The chat’s own code could not be loaded.',
        retryable: true,
      });
    }
    this.#chat = new loaded.LiveChat({
      host: this,
      reports: this.#reports,
      onStatus: (status) => {
        this.sessionStatus = status;
      },
      onRetry: this.#handleRetry,
    });
    this.#chat.configure();
    if (this.#isSignOutDue) this.#chat.signOut();
    this.#isSignOutDue = false;
    this.requestUpdate();
  }

  #end(): void {
    this.#life++;
    this.#visitor++;
    this.#chat?.dispose();
    this.#chat = undefined;
    this.#isWanted = false;
    this.sessionStatus = 'idle';
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'coze-chat': CozeChatElement;
  }
}
