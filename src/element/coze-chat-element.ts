import { type CSSResult, html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import { isInputMethodKey } from '../core/values/input-method.js';
import type { ChatMessage } from '../frame/contract.js';
import type { ConversationDeletion, ConversationList, ConversationListOptions, DownloadFormat } from '../frame/conversation-commands.js';
import { needsComputedColors } from '../frame/needs-computed-colors.js';
import type { SessionStatus } from '../session/session-state.js';
import { LazyChat } from './chat/lazy-chat.js';
import styles from './coze-chat-element.css?inline';
import { ErrorReporter } from './events/error-reporter.js';
import { CozeBeforeHideEvent, CozeBeforeShowEvent, CozeHideEvent, CozeShowEvent } from './events/panel-events.js';
import { type DefaultStrings, defaultStrings } from './launcher/default-strings.js';
import type { LauncherStrings } from './launcher/launcher-strings.js';
import { renderLauncher, renderPanel } from './launcher/launcher-view.js';
import { LazyPageFeatures } from './page/lazy-page-features.js';
import { ChatProperties } from './properties/chat-properties.js';
import { type ChatMode, MODE_VALUES, toEnumerated } from './properties/mode.js';
import { resolveLocale } from './properties/resolve-locale.js';
import { customStates } from './status/custom-states.js';
import { renderPlaceholder } from './status/status-view.js';
import { afterRemoval } from './ui/after-removal.js';
import { readStored, RESTORE_OPEN } from './ui/storage-read.js';
import { warnNotLoaded } from './ui/warn-not-loaded.js';

/**
 * A Coze chat in which every visitor sees only their own conversation. A wrong attribute never throws: the
 * element reports it in its place, in the console and with `coze-error`.
 *
 * @summary A Coze chat in which every visitor sees only their own conversation.
 * @tagname coze-chat
 *
 * @attr {string} nonce - CSP nonce for the frame's script and style sheet.
 *
 * @slot launcher - The launcher's picture.
 * @slot loading - The loading view.
 * @slot consent - What the visitor agrees to, with `consent`, instead of the sentence and the link.
 * @slot error - The text and the Retry button of the failed view.
 * @slot signed-out - The text and the link of the signed-out view.
 * @slot unsupported - Everything that is shown instead of the launcher if the browser is too old for the chat, for example your own link.
 *
 * @fires {CozeReadyEvent} coze-ready
 * @fires {CozeBeforeShowEvent} coze-before-show
 * @fires {CozeShowEvent} coze-show
 * @fires {CozeBeforeHideEvent} coze-before-hide
 * @fires {CozeHideEvent} coze-hide
 * @fires {CozeMessageEvent} coze-message
 * @fires {CozeBeforeSendEvent} coze-before-send
 * @fires {CozeConversationChangeEvent} coze-conversation-change
 * @fires {CozeAnswerStartEvent} coze-answer-start
 * @fires {CozeAnswerEndEvent} coze-answer-end
 * @fires {CozeLinkEvent} coze-link
 * @fires {CozeImageEvent} coze-image
 * @fires {CozeTaskEvent} coze-task
 * @fires {CozeFeedbackEvent} coze-feedback
 * @fires {CozeActionEvent} coze-action
 * @fires {CozeSignInEvent} coze-sign-in
 * @fires {CozeUnreadEvent} coze-unread
 * @fires {CozeTokenEvent} coze-token
 * @fires {CozeIdentityChangeEvent} coze-identity-change
 * @fires {CozeErrorEvent} coze-error
 *
 * @csspart launcher - The button that opens the panel.
 * @csspart teaser - The message of `teaser`.
 * @csspart badge - The number of unread answers.
 * @csspart panel - The chat with its header.
 * @csspart header - The header of the panel.
 * @csspart resize - The handle that changes the panel's size, at its free corner.
 * @csspart close - The button that closes the panel.
 * @csspart conversations - The button that opens the list of the visitor's conversations, or the menu for their data.
 * @csspart frame - The chat's iframe.
 * @csspart status - What is shown instead of the chat.
 * @csspart notice - The message above a running chat that there is no network.
 *
 * @cssprop [--coze-chat-accent=#4d53e8] - Colour of the launcher, buttons, links, focus rings and the visitor's messages.
 * @cssprop [--coze-chat-background=light-dark(#fff, #1b1b22)] - Background of the panel and the chat.
 * @cssprop [--coze-chat-color=light-dark(#1d1c23, #ececf1)] - Text colour. Greys, lines and tints are derived from it.
 * @cssprop [--coze-chat-width=400px; inline 100%] - Width of the panel.
 * @cssprop [--coze-chat-height=640px; inline 600px] - Height of the panel.
 * @cssprop [--coze-chat-offset-inline=24px, on phones 16px] - Distance between the launcher and the side of the viewport.
 * @cssprop [--coze-chat-offset-block=24px, on phones 16px] - Distance between the launcher and the top or bottom of the viewport.
 * @cssprop [--coze-chat-z-index=2147480000] - Stacking order of launcher and panel. The default is above a page's own fixed header.
 * @cssprop [--coze-chat-radius=16px] - Corner radius of the panel. The corners in the chat follow it.
 * @cssprop [--coze-chat-font=system-ui, sans-serif] - Font family of all texts. Web fonts of the page do not apply inside the chat's iframe.
 * @cssprop [--coze-chat-font-size=14px] - Size of the texts.
 *
 * @cssstate idle - Not shown yet. Nothing was requested.
 * @cssstate authorizing - Waiting for the first token.
 * @cssstate loading - The chat is starting.
 * @cssstate ready - The chat can be used.
 * @cssstate refreshing - The chat can be used; a new token is being requested.
 * @cssstate signed-out - Nobody is signed in.
 * @cssstate failed - The chat cannot be used. `coze-error` gives the reason.
 */
export class CozeChatElement extends ChatProperties {
  /** @internal */
  static override get styles(): CSSResult {
    return unsafeCSS(styles);
  }
  /** @internal */
  static override get properties(): PropertyDeclarations {
    return { launcherStrings: { state: true } };
  }

  readonly #states = customStates(this);
  readonly #chat: LazyChat;
  #focusWasInside = false;
  /** Whether the page's own markup or script has set the attribute `open`. */
  #isOpenByAttribute = false;
  /** @internal */
  opener: HTMLElement | undefined;
  /** BCP 47 tag whose launcher strings are loaded or being loaded. */
  #localeTag = 'en';

  /** @internal `undefined` in English. */
  launcherStrings: LauncherStrings | undefined;

  constructor() {
    super();
    this.#chat = new LazyChat({
      host: this,
      reporter: new ErrorReporter(this),
      onRetry: this.#handleRetry,
    });
    this.addController(new LazyPageFeatures(this));
    if (needsComputedColors())
      void import('./ui/computed-colors.js').then(({ ComputedColors }) => new ComputedColors(this), warnNotLoaded('computed-colors.js'));
    this.addEventListener('keydown', this.#handleKeydown);
  }

  /**
   * The current state of the chat, one of the states. In CSS `coze-chat:state(ready)`, in browsers that have custom states.
   *
   * @default 'idle'
   */
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

  /** @internal The former visitor's chat is removed at once, not with the next render. */
  override requestUpdate(name?: PropertyKey, oldValue?: unknown, ...rest: []): void {
    super.requestUpdate(name, oldValue, ...rest);
    // Lit calls this for the defaults, too, before there is a chat.
    if (name !== undefined && #chat in this) this.#chat.handlePropertyChange(name);
  }

  /** @internal Renders in a macrotask while the document loads: upgrade and render together exceed 50 ms on a 4× slower processor. */
  protected override async scheduleUpdate(): Promise<void> {
    if (document.readyState !== 'complete') await new Promise((resolve) => setTimeout(resolve));
    try {
      await super.scheduleUpdate();
    } catch (cause) {
      this.#chat.fail(cause);
    }
  }

  /**
   * @internal A morph (Turbo, Idiomorph, morphdom) removes attributes that the server's markup lacks. Removing `open` closes the panel only
   * if the page had set it as an attribute; a panel that the visitor or the property has opened stays open.
   *
   * Frameworks write `false` as text: React 18 always, Vue and Svelte for names with a hyphen and before the element is defined.
   */
  override attributeChangedCallback(name: string, former: string | null, written: string | null): void {
    const value = written === 'false' ? null : written;
    if (name === 'open') {
      if (value === null && this.open && !this.#isOpenByAttribute) return this.setAttribute(name, '');
      // If the attribute only reflects the property, it was absent before and `open` is already true.
      this.#isOpenByAttribute = value !== null && (former !== null || !this.open);
    }
    super.attributeChangedCallback(name, former, value);
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

  /** Opens the panel of a bubble, unless `coze-before-show` is prevented. `coze-show` follows when it is open. */
  show(): void {
    if (this.open || !this.isBubble || !this.dispatchEvent(new CozeBeforeShowEvent())) return;
    this.open = true;
  }

  /** Closes the panel of a bubble, unless `coze-before-hide` is prevented. The chat in it stays loaded. `coze-hide` follows. */
  hide(): void {
    if (!this.open || !this.isBubble || !this.dispatchEvent(new CozeBeforeHideEvent())) return;
    this.open = false;
  }

  /** Closes an open panel as `hide()` does, and opens a closed one as `show()` does. */
  toggle(): void {
    if (this.open) this.hide();
    else this.show();
  }

  /**
   * Sends a question for the visitor, after any earlier ones. Loads the chat if necessary. `show()` opens the panel.
   *
   * @param text the question, not blank
   * @returns the complete answer
   * @throws {CozeChatError} `interrupted` if the visitor changes, `signOut()` is called or the answer is stopped before it is complete; `not_sent` if
   * the page prevents the message; `chat_failed` if there is no answer; otherwise the code of the error that keeps the chat from starting
   * @example
   * const { text } = await document.querySelector('coze-chat').sendMessage('Where is my order?');
   */
  async sendMessage(text: string): Promise<ChatMessage> {
    return this.#chat.run(({ commands }) => commands.send(text));
  }

  /**
   * Puts a text into the field, below what is already there. The visitor decides whether to send it. Loads the chat if necessary. `show()` opens the
   * panel.
   *
   * @param text the proposed text; if it is blank, nothing happens
   * @throws {CozeChatError} `interrupted` if the visitor changes or `signOut()` is called first; otherwise the code of the error that keeps the
   * chat from starting
   */
  async composeMessage(text: string): Promise<void> {
    return this.#chat.run(({ commands }) => commands.compose(text));
  }

  /**
   * Stops the running answer at once. The received part stays and is marked as stopped. Coze charges for the whole answer.
   *
   * @returns whether an answer was running
   */
  async stopAnswer(): Promise<boolean> {
    return this.#chat.controller?.session.commands.stopAnswer() ?? false;
  }

  /**
   * Starts a new, empty conversation as soon as no answer is running.
   *
   * @throws {CozeChatError} as `sendMessage()` does
   */
  async clearConversation(): Promise<void> {
    return this.#chat.run(({ commands }) => commands.clear());
  }

  /**
   * Starts a new, empty conversation as soon as no answer is running. The previous one stays in the list. If the current conversation is empty, it is
   * kept.
   *
   * @returns Coze's id of the conversation
   * @throws {CozeChatError} as `sendMessage()` does; `chat_failed` if Coze creates no conversation
   */
  async newConversation(): Promise<string> {
    return this.#chat.run(({ commands }) => commands.conversations('create'));
  }

  /**
   * Lists the visitor's conversations with the bot, newest first. Coze has no such list for apps.
   *
   * @param options which page of the list
   * @throws {CozeChatError} `interrupted` if the visitor changes or `signOut()` is called first; `chat_failed` if Coze returns no list; otherwise the
   * code of the error that keeps the chat from starting
   */
  async listConversations(options?: ConversationListOptions): Promise<ConversationList> {
    return this.#chat.run(({ commands }) => commands.conversations('list', options));
  }

  /**
   * Shows one of the visitor's conversations as soon as no answer is running.
   *
   * @param id Coze's id of the conversation
   * @throws {CozeChatError} `conversation_unavailable` if it does not exist or is not this visitor's; otherwise as `listConversations()` does
   */
  async openConversation(id: string): Promise<void> {
    return this.#chat.run(({ commands }) => commands.conversations('open', id));
  }

  /**
   * Renames one of the visitor's conversations.
   *
   * @param id Coze's id of the conversation
   * @param name not blank; Coze keeps the first 100 characters
   * @throws {CozeChatError} as `openConversation()` does
   */
  async renameConversation(id: string, name: string): Promise<void> {
    return this.#chat.run(({ commands }) => commands.conversations('rename', id, name));
  }

  /**
   * Deletes one of the visitor's conversations and its messages permanently. If it is the current one, a new conversation starts.
   *
   * @param id Coze's id of the conversation
   * @throws {CozeChatError} as `openConversation()` does
   */
  async deleteConversation(id: string): Promise<void> {
    return this.#chat.run(({ commands }) => commands.conversations('delete', id));
  }

  /**
   * Creates a file of the current conversation in the browser, as soon as no answer is running: who wrote what and when, and that answers are made by
   * AI. The file contains the newest 5,000 messages at most.
   *
   * @param format `text` (the default) for people, or `json` for programs
   * @throws {CozeChatError} as `listConversations()` does
   */
  async downloadConversation(format?: DownloadFormat): Promise<File> {
    return this.#chat.run(({ commands }) => commands.conversations('download', format));
  }

  /**
   * Deletes all of the visitor's conversations with the bot permanently, without asking the visitor. A new conversation starts. For an app, which has
   * no list, it deletes the current conversation. If some could not be deleted, call it again.
   *
   * @throws {CozeChatError} as `listConversations()` does, if no conversation could be deleted
   */
  async deleteConversations(): Promise<ConversationDeletion> {
    return this.#chat.run(({ commands }) => commands.conversations('deleteAll'));
  }

  /** Removes the visitor's chat and token at once. Call it when your own sign-out begins. `reload()` or another visitor starts a new chat. */
  signOut(): void {
    this.#chat.signOut();
  }

  /**
   * Withdraws the visitor's consent that `consent` asked for: the chat is removed at once, and the visitor is asked again. Coze keeps its data; see
   * `deleteConversations()`.
   */
  async withdrawConsent(): Promise<void> {
    return this.#chat.withdrawConsent();
  }

  /** Starts again from the beginning: requests a new token, so it also signs in again after `signOut()`, and creates a new frame. */
  reload(): void {
    this.#chat.reload();
  }

  /**
   * Requests a new token now. Resolves when the request has ended, even if it failed: `coze-token` reports the result. Does nothing before the chat
   * is loaded.
   */
  async refreshToken(): Promise<void> {
    await this.#chat.refreshToken();
  }

  /** @internal */
  protected override render(): TemplateResult {
    const { chatName, isBubble, launcherStrings } = this;
    const { controller } = this.#chat;
    const strings = this.#strings;
    const content = html`<div class="root" dir=${launcherStrings?.direction ?? 'ltr'}>
      ${controller?.render() ?? renderPlaceholder(this.status, strings, this.#handleRetry, this.#chat.question)}
    </div>`;
    const launcherName = (this.launcherLabel || strings.openChat) + (controller?.unread.ariaSuffix ?? '');
    // A bubble lies outside the page's landmarks and needs its own; in the other modes the panel is one.
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
    if (event.key !== 'Escape' || event.defaultPrevented || isInputMethodKey(event) || !this.isBubble || !this.open) return;
    event.preventDefault();
    this.hide();
  };

  /** Preloads on intent (pointerenter, focus) unless `loading="click"`. */
  readonly #handleIntent = (): void => {
    if (this.loading !== 'click') this.#chat.sync(true);
  };

  readonly #handleRetry = (): void => {
    // The focused button disappears with the error view.
    this.#focus('.panel');
    this.reload();
  };

  /** Moves the focus only if it was inside the element or came from a trigger; a programmatic `show()` does not steal it. */
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
    const loaded = /^en\b/i.test(tag)
      ? undefined
      : await import('./launcher/launcher-strings.js').catch(warnNotLoaded('launcher-strings.js'));
    if (tag === this.#localeTag) this.launcherStrings = loaded?.getLauncherStrings(tag);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'coze-chat': CozeChatElement;
  }
}
