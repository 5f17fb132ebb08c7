import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ErrorCode, type Problem } from '../errors.js';
import {
  CozeBeforeHideEvent,
  CozeBeforeShowEvent,
  CozeErrorEvent,
  CozeHideEvent,
  CozeIdentityChangeEvent,
  CozeMessageEvent,
  CozeReadyEvent,
  CozeShowEvent,
  CozeTokenEvent,
} from '../events.js';
import type { ChatSession, ChatSessionListener, ChatSessionOptions } from '../session/chat-session.js';
import type { SessionStatus } from '../session/state.js';
import type { TokenUpdate } from '../token/access-token-source.js';
import type { GetToken } from '../token/requester.js';
import { customStates } from './custom-states.js';
import { frameAssets } from './frame-assets.js';
import { chatIcon, closeIcon } from './icons.js';
import type { ChromeStrings } from './locales/en.js';
import { chromeStrings, localeOf } from './locales/index.js';
import { statusView } from './status-view.js';
import { styles } from './styles.js';

export type ChatMode = 'bubble' | 'inline';
export type ChatPlacement = 'bottom-end' | 'bottom-start' | 'top-end' | 'top-start';

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
 * @fires coze-token - An access token was issued, refreshed or could not be had: `phase`, `reason`, `attempt`, `expiresAt`, `nextRequestAt`, `code`. Never the token.
 * @fires coze-identity-change - The former visitor's chat is gone: `cause`.
 * @fires coze-error - `code`, `message`, `retryable`.
 *
 * @slot launcher - Instead of the launcher's picture.
 * @slot loading - Instead of the loading view.
 * @slot error - Instead of the text and Retry of the failed view.
 *
 * @csspart launcher - The button that opens the panel.
 * @csspart panel - The chat with its header.
 * @csspart header - The panel's header.
 * @csspart close - The button that closes the panel.
 * @csspart frame - The chat's iframe.
 * @csspart status - What is shown instead of the chat.
 *
 * @cssprop [--coze-chat-accent=#4d53e8] - Colour of launcher, buttons and focus rings.
 * @cssprop [--coze-chat-width] - Width of the panel, or of the element in inline mode.
 * @cssprop [--coze-chat-height] - Height of the panel, or of the element in inline mode.
 * @cssprop [--coze-chat-offset-inline=24px] - Distance of the launcher from the side of the viewport.
 * @cssprop [--coze-chat-offset-block=24px] - Distance of the launcher from the top or bottom of the viewport.
 * @cssprop [--coze-chat-z-index=1000] - Stacking of launcher and panel.
 * @cssprop [--coze-chat-radius=16px] - Corner radius of the panel.
 * @cssprop [--coze-chat-font] - Font family of our own texts.
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
  static override styles = styles;

  readonly #states = customStates(this);
  #session: ChatSession | undefined;
  #wasShown = false;
  #hadFocus = false;
  #reported: string | undefined;

  /** Where the host's backend gives this visitor's token. Required unless `getToken` is set. */
  @property({ attribute: 'token-endpoint' }) tokenEndpoint = '';
  /** A function instead of a URL. */
  @property({ attribute: false }) getToken: GetToken | undefined;
  /** Cookies on the token request, as in Fetch. */
  @property() credentials: RequestCredentials = 'same-origin';
  /** The published bot. */
  @property({ attribute: 'bot-id' }) botId = '';
  /** Who the visitor is. The backend proves it; without it the backend's session decides. */
  @property({ attribute: 'user-id' }) userId = '';
  @property({ attribute: 'user-name' }) userName = '';
  @property({ attribute: 'user-avatar' }) userAvatar = '';
  /** A JWT signed by the host that proves `user-id`, for backends without a cookie session. */
  @property({ attribute: 'identity-token' }) identityToken = '';
  @property({ attribute: 'api-base-url' }) apiBaseUrl = 'https://api.coze.cn';
  /** Chat SDK channel. */
  @property({ attribute: 'connector-id' }) connectorId = '999';
  /** `bubble`: launcher and panel. `inline`: fills its box. */
  @property({ reflect: true }) mode: ChatMode = 'bubble';
  @property({ reflect: true }) placement: ChatPlacement = 'bottom-end';
  /** Whether the panel is shown (bubble mode). */
  @property({ type: Boolean, reflect: true }) open = false;
  /** Title of the panel. */
  @property() heading = '';
  /** Picture of launcher and header. */
  @property() icon = '';
  @property({ attribute: 'launcher-label' }) launcherLabel = '';
  /** BCP 47; from `lang` of the nearest ancestor, else the browser. */
  @property() locale = '';
  /** CSP nonce for the frame's two files. */
  @property() override nonce = '';
  /** Where `frame.js` lives when the default cannot be used. */
  @property({ attribute: 'frame-src' }) frameSrc = '';

  @state() private sessionStatus: SessionStatus = 'idle';
  @state() private problem: Problem | undefined;

  @query('.frame') private readonly frameContainer!: HTMLElement;
  @query('.launcher') private readonly launcher!: HTMLButtonElement | null;
  @query('.close') private readonly closeButton!: HTMLButtonElement | null;

  /** `idle · authorizing · loading · ready · refreshing · signed-out · failed`, also as `:state(…)`. */
  get status(): SessionStatus {
    return this.sessionStatus;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A node that is moved is disconnected and connected in one task; its chat lives on.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#session?.dispose();
      this.#session = undefined;
      this.sessionStatus = 'idle';
    });
  }

  /** The former visitor's chat goes at once, not with the next rendering. */
  override requestUpdate(name?: PropertyKey, oldValue?: unknown, ...rest: []): void {
    super.requestUpdate(name, oldValue, ...rest);
    if (name !== undefined && IDENTITY_PROPERTIES.has(name) && this[name as keyof this] !== oldValue) this.#session?.stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('open')) this.#hadFocus = this.shadowRoot?.activeElement != null;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('open') && this.mode === 'bubble') this.#afterToggle(changed.get('open') === true);
    if (changed.has('sessionStatus')) this.#states.become(this.sessionStatus);
    if (this.isConnected) this.#sync();
  }

  /** Opens the panel. */
  show(): void {
    if (this.open || !this.dispatchEvent(new CozeBeforeShowEvent())) return;
    this.open = true;
  }

  /** Closes the panel; the chat behind it stays. */
  hide(): void {
    if (!this.open || !this.dispatchEvent(new CozeBeforeHideEvent())) return;
    this.open = false;
  }

  toggle(): void {
    if (this.open) this.hide();
    else this.show();
  }

  /** Removes the visitor's chat and token, at once. `reload()` or another identity starts anew. */
  signOut(): void {
    this.#session?.signOut();
  }

  /** Starts from scratch: a new token, a new frame. */
  reload(): void {
    this.#reported = undefined;
    this.#session?.reload();
  }

  /** Asks for a new access token now. Resolves when the answer is in. */
  async refreshToken(): Promise<void> {
    await this.#session?.refreshToken();
  }

  protected override render(): TemplateResult {
    const strings = chromeStrings(localeOf(this, this.locale));
    return this.mode === 'inline' ? this.#panel(strings) : html`${this.#panel(strings)}${this.#launcher(strings)}`;
  }

  #launcher(strings: ChromeStrings): TemplateResult {
    const label = this.open ? strings.closeChat : this.launcherLabel || strings.openChat;
    const picture = this.open ? closeIcon : this.icon === '' ? chatIcon : html`<img src=${this.icon} alt="" />`;
    return html`<button
      type="button"
      class="launcher"
      part="launcher"
      aria-label=${label}
      aria-expanded=${this.open}
      aria-controls="panel"
      @click=${this.toggle}
    >
      <slot name="launcher">${picture}</slot>
    </button>`;
  }

  #panel(strings: ChromeStrings): TemplateResult {
    const isBubble = this.mode === 'bubble';
    const heading = this.heading || strings.chat;
    const isUsable = this.sessionStatus === 'ready' || this.sessionStatus === 'refreshing';
    return html`<section
      id="panel"
      class="panel"
      part="panel"
      role=${isBubble ? 'dialog' : 'region'}
      aria-label=${heading}
      ?hidden=${isBubble && !this.open}
      @keydown=${this.#handleKeydown}
    >
      ${isBubble || this.heading !== '' ? this.#header(heading, strings) : nothing}
      <div class="body">
        <div class="frame" ?inert=${!isUsable}></div>
        ${statusView({ status: this.sessionStatus, problem: this.problem, strings, onRetry: () => this.#retry() })}
      </div>
    </section>`;
  }

  #header(heading: string, strings: ChromeStrings): TemplateResult {
    const close = html`<button type="button" class="close" part="close" aria-label=${strings.closeChat} @click=${this.hide}>
      ${closeIcon}
    </button>`;
    return html`<header class="header" part="header">
      ${this.icon === '' ? nothing : html`<img src=${this.icon} alt="" />`}
      <h2 class="heading">${heading}</h2>
      ${this.mode === 'bubble' ? close : nothing}
    </header>`;
  }

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.mode === 'bubble') this.hide();
  };

  #afterToggle(wasOpen: boolean): void {
    if (this.open === wasOpen) return;
    this.dispatchEvent(this.open ? new CozeShowEvent() : new CozeHideEvent());
    // Focus follows a visitor who was here already; a page that opens the chat by itself keeps it.
    if (this.#hadFocus) (this.open ? this.closeButton : this.launcher)?.focus({ preventScroll: true });
  }

  #retry(): void {
    this.#reported = undefined;
    if (this.#session === undefined) this.sessionStatus = 'idle';
    else this.#session.reload();
  }

  /** Brings the session in line with the properties, once the chat is wanted. */
  #sync(): void {
    this.#wasShown ||= this.mode === 'inline' || this.open;
    if (!this.#wasShown) return this.#checkEarly();
    if (this.#session !== undefined) this.#configure(this.#session);
    else if (this.sessionStatus === 'idle') void this.#loadSession();
  }

  /** The full check comes with the session; what is plainly missing is said before anybody clicks. */
  #checkEarly(): void {
    if (this.botId === '')
      this.#report({ code: ErrorCode.InvalidConfiguration, message: '<coze-chat>: bot-id is missing.', retryable: false });
    else if (this.tokenEndpoint === '' && this.getToken === undefined) {
      this.#report({ code: ErrorCode.InvalidConfiguration, message: '<coze-chat>: token-endpoint is missing.', retryable: false });
    }
  }

  async #loadSession(): Promise<void> {
    this.sessionStatus = 'authorizing';
    try {
      const { ChatSession } = await import('../session/chat-session.js');
      if (this.isConnected) this.#startSession(new ChatSession(this.#sessionOptions(), this.ownerDocument.defaultView ?? window));
    } catch {
      this.#showProblem({ code: ErrorCode.FrameUnavailable, message: 'The chat’s own code could not be loaded.', retryable: true });
    }
  }

  #sessionOptions(): ChatSessionOptions {
    return {
      container: this.frameContainer,
      assets: () => frameAssets({ frameSrc: this.frameSrc, nonce: this.nonce, baseUrl: this.ownerDocument.baseURI }),
      title: () => this.heading || chromeStrings(localeOf(this, this.locale)).chat,
      listener: this.#listener,
    };
  }

  #startSession(session: ChatSession): void {
    this.#session = session;
    this.#configure(session);
  }

  #configure(session: ChatSession): void {
    const problem = session.configure({
      tokenEndpoint: this.tokenEndpoint,
      getToken: this.getToken,
      credentials: this.credentials,
      botId: this.botId,
      userId: this.userId,
      userName: this.userName,
      userAvatar: this.userAvatar,
      identityToken: this.identityToken,
      apiBaseUrl: this.apiBaseUrl,
      connectorId: this.connectorId,
      locale: localeOf(this, this.locale),
    });
    if (problem !== undefined) this.#showProblem(problem);
  }

  readonly #listener: ChatSessionListener = {
    onState: (next, previous) => {
      this.sessionStatus = next.status;
      this.problem = next.status === 'failed' ? next.problem : undefined;
      if (next.status === 'failed') this.#report(next.problem);
      if (next.status === 'ready' && previous.status === 'loading') this.dispatchEvent(new CozeReadyEvent());
    },
    onToken: (update) => this.#announceToken(update),
    onMessage: (message) => this.dispatchEvent(new CozeMessageEvent(message)),
    onEscape: () => {
      if (this.mode === 'bubble') this.hide();
    },
    onIdentityChange: (cause) => this.dispatchEvent(new CozeIdentityChangeEvent(cause)),
  };

  #announceToken(update: TokenUpdate): void {
    switch (update.phase) {
      case 'requested':
      case 'foreign':
        return;
      case 'issued':
      case 'refreshed': {
        const { phase, reason, attempt, expiresAtMs: expiresAt, refreshAtMs: nextRequestAt } = update;
        this.dispatchEvent(new CozeTokenEvent({ phase, reason, attempt, expiresAt, nextRequestAt, code: undefined }));
        return;
      }
      case 'failed': {
        const { phase, reason, attempt, retryAtMs: nextRequestAt, failure } = update;
        this.dispatchEvent(new CozeTokenEvent({ phase, reason, attempt, expiresAt: undefined, nextRequestAt, code: failure.code }));
      }
    }
  }

  /** Called at each update while the configuration is wrong; the same problem is no news, or each rendering would cause the next. */
  #showProblem(problem: Problem): void {
    this.sessionStatus = 'failed';
    if (this.problem?.message !== problem.message) this.problem = problem;
    this.#report(problem);
  }

  /** Each problem once: in the console for the page's author, as an event for the page's code. */
  #report(problem: Problem): void {
    const key = `${problem.code} ${problem.message}`;
    if (this.#reported === key) return;
    this.#reported = key;
    // eslint-disable-next-line no-console -- the page's author looks here first
    console.warn(`[coze-chat] ${problem.code}: ${problem.message}`);
    this.dispatchEvent(new CozeErrorEvent(problem));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'coze-chat': CozeChatElement;
  }
}
