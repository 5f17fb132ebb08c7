/** What an element needs from the moment its chat is first wanted; until then a page does not pay for any of it. */
import { html, type LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit';
import { checkChatOptions } from '../chat-options-check.js';
import type { RawConfig } from '../config.js';
import { CozeChatError } from '../chat-error.js';
import type { Problem } from '../errors.js';
import { CozeIdentityChangeEvent, CozeMessageEvent, CozeReadyEvent, CozeUnreadEvent } from '../events.js';
import type { ChatOptions, HeaderOptions } from '../frame/chat-options.js';
import type { ChatMessage } from '../frame/contract.js';
import { type Language, languageOf } from '../locales/language.js';
import type { ChatStrings } from '../locales/en.js';
import { loadStrings } from '../locales/strings.js';
import { ChatSession, type ChatSessionListener } from '../session/chat-session.js';
import type { SessionStatus } from '../session/state.js';
import { activityEventOf } from './activity-event.js';
import type { ChatLoading, ChatPlacement, ChatTheme } from './choices.js';
import type { ChatMode } from './mode.js';
import { stateLine, tokenLine } from './debug-log.js';
import { frameAssets } from './frame-assets.js';
import { FullScreen } from './full-screen.js';
import { localeOf } from './locale.js';
import { note } from './note.js';
import { objectionsTo } from './objections.js';
import type { ProblemReports } from './problem-reports.js';
import panelCss from './panel.css?inline';
import { PanelSize } from './panel-size.js';
import { panelView } from './panel-view.js';
import { failedMessage, signedOutMessage, type StatusMessage } from './status-message.js';
import { addStyles } from './styles.js';
import { tokenEventOf } from './token-event.js';

/** The element: its properties are the configuration, the chat's events are fired on it. */
export interface ChatHost extends LitElement, RawConfig {
  readonly heading: string;
  readonly icon: string;
  readonly locale: string;
  readonly strings: Partial<ChatStrings> | undefined;
  readonly chatOptions: unknown;
  readonly frameSrc: string;
  readonly debug: boolean;
  readonly mode: ChatMode;
  readonly placement: ChatPlacement;
  readonly theme: ChatTheme;
  readonly loading: ChatLoading;
  /** What assistive technology calls the chat. */
  readonly chatName: string;
  readonly isBubble: boolean;
  open: boolean;
  readonly forgetOpen: boolean;
  readonly botId: string;
  readonly status: SessionStatus;
  hide(): void;
}

export interface LiveChatOptions {
  readonly host: ChatHost;
  readonly reports: ProblemReports;
  readonly onStatus: (status: SessionStatus) => void;
  readonly onRetry: () => void;
}

const panelStyles = unsafeCSS(panelCss);

export class LiveChat {
  readonly #options: LiveChatOptions;
  readonly #frame: HTMLElement;
  readonly #session: ChatSession;
  readonly #fullScreen: FullScreen;
  readonly #size: PanelSize;
  #status: SessionStatus = 'idle';
  #problem: Problem | undefined;
  #unread = 0;
  #header: HeaderOptions | undefined;
  #language: Language | undefined;
  /** Of the language before, while a new one is on its way. */
  #strings: ChatStrings | undefined;

  constructor(options: LiveChatOptions) {
    const { host } = options;
    this.#options = options;
    this.#frame = host.ownerDocument.createElement('div');
    this.#frame.className = 'frame';
    this.#session = new ChatSession(
      {
        container: this.#frame,
        assets: () =>
          frameAssets({
            frameSrc: host.frameSrc,
            nonce: host.nonce,
            apiBaseUrl: String(host.apiBaseUrl ?? ''),
            baseUrl: host.ownerDocument.baseURI,
          }),
        title: () => host.chatName,
        listener: this.#listener,
      },
      host.ownerDocument.defaultView ?? window,
    );
    addStyles(host.renderRoot, panelStyles);
    this.#fullScreen = new FullScreen(host, host.ownerDocument.defaultView ?? window);
    this.#size = new PanelSize(host);
    if (host.open) this.#noteOpen();
  }

  /** `undefined` until those of the language are there. */
  get texts(): ChatStrings | undefined {
    return this.#strings && { ...this.#strings, ...this.#options.host.strings };
  }

  /** What is in the panel, as soon as there are words for it. */
  render(): TemplateResult | undefined {
    const { host, onRetry } = this.#options;
    const { texts } = this;
    if (texts === undefined) return undefined;
    const { heading, icon, isBubble } = host;
    const status = this.#status;
    this.#frame.inert = status !== 'ready' && status !== 'refreshing';
    return panelView({
      texts,
      heading,
      icon,
      header: this.#header,
      status,
      message: this.#messageIn(texts),
      frame: this.#frame,
      onRetry,
      onClose: isBubble ? () => host.hide() : undefined,
    });
  }

  /** Goes into a bubble's panel, beside what is in it: the corner is one in the page's direction, not in the language's. */
  get resizeHandle(): HTMLElement {
    return this.#size.handle;
  }

  /** For assistive technology, behind the launcher's name; in every language the same. */
  get unreadMark(): string {
    return this.#unread === 0 ? '' : ` (${this.#unread})`;
  }

  renderBadge(): TemplateResult | typeof nothing {
    return this.#unread === 0 ? nothing : html`<span class="badge" part="badge">${this.#unread}</span>`;
  }

  /** Answers nobody has seen yet; none while the chat is in sight. */
  countUnread(count = 0): void {
    const { host } = this.#options;
    const unread = host.isBubble && !host.open ? count : 0;
    if (unread === this.#unread) return;
    this.#unread = unread;
    this.#fire(new CozeUnreadEvent(unread));
    host.requestUpdate();
  }

  /** The panel was opened or closed. */
  afterToggle(): void {
    this.#syncPanel();
    this.#noteOpen();
    this.countUnread();
  }

  /** Loads the rest of the code and the words, but asks for no token. */
  prepare(): void {
    const { host } = this.#options;
    this.#speak(languageOf(localeOf(host, host.locale)));
    this.#session.prepare(rawConfigOf(host));
  }

  /** Brings the chat in line with the element's properties. */
  configure(): void {
    const { host, reports } = this.#options;
    this.#syncPanel();
    for (const message of objectionsTo(host)) reports.report({ code: 'invalid_configuration', message, retryable: false });
    this.#speak(languageOf(localeOf(host, host.locale)));
    const chatOptions = checkChatOptions(host.chatOptions ?? {}, host.ownerDocument.baseURI);
    if (!chatOptions.ok) return this.#refuse(chatOptions.error);
    this.#arrange(chatOptions.value);
    const problem = this.#session.configure(rawConfigOf(host), chatOptions.value);
    if (problem !== undefined) return this.#become('failed', problem);
    for (const iframe of this.#frame.querySelectorAll('iframe')) iframe.title = host.chatName;
  }

  /** Removes what belongs to the visitor, at once; {@link configure} starts anew. */
  stop(): void {
    this.#session.stop();
  }

  /** Leaves nothing behind. Final. */
  dispose(): void {
    this.#fullScreen.stop();
    this.#session.dispose();
  }

  signOut(): void {
    note('sessionStorage', 'open', this.#options.host, null);
    this.#session.signOut();
  }

  reload(): void {
    this.#session.reload();
  }

  refreshToken(): Promise<void> {
    return this.#session.refreshToken();
  }

  async send(text: string): Promise<ChatMessage> {
    this.#refuseWhileMisconfigured();
    return this.#session.send(text);
  }

  async clear(): Promise<void> {
    this.#refuseWhileMisconfigured();
    return this.#session.clear();
  }

  #refuseWhileMisconfigured(): void {
    if (this.#problem !== undefined) throw new CozeChatError(this.#problem);
  }

  readonly #listener: ChatSessionListener = {
    onState: (next, previous) => {
      this.#log(() => stateLine(next, previous));
      if (next.generation !== previous.generation) this.countUnread(0);
      this.#become(next.status, next.status === 'failed' ? next.problem : undefined);
      if (next.status === 'ready' && previous.status === 'loading') this.#fire(new CozeReadyEvent());
    },
    onToken: (update) => {
      this.#log(() => tokenLine(update, Date.now()));
      const event = tokenEventOf(update);
      if (event !== undefined) this.#fire(event);
    },
    onMessage: (message) => {
      this.#fire(new CozeMessageEvent(message));
      if (message.role === 'assistant') this.countUnread(this.#unread + 1);
    },
    onActivity: (activity) => this.#options.host.dispatchEvent(activityEventOf(activity)),
    onEscape: () => this.#options.host.hide(),
    onIdentityChange: (cause) => this.#fire(new CozeIdentityChangeEvent(cause)),
  };

  #syncPanel(): void {
    this.#fullScreen.sync();
    if (this.texts !== undefined) this.#size.sync(this.texts.resizeChat);
  }

  /** For the next page in this tab; not where the visitor would not see that page. */
  #noteOpen(): void {
    const { host } = this.#options;
    const isKept = host.isBubble && host.open && !host.forgetOpen && !this.#fullScreen.isWanted;
    note('sessionStorage', 'open', host, isKept ? '1' : null);
  }

  /** What is ours to do of the options. */
  #arrange({ header }: ChatOptions): void {
    if (JSON.stringify(header) !== JSON.stringify(this.#header)) this.#options.host.requestUpdate();
    this.#header = header;
  }

  #refuse(problem: Problem): void {
    this.#session.stop();
    this.#become('failed', problem);
  }

  #speak(language: Language): void {
    if (language === this.#language) return;
    this.#language = language;
    void loadStrings(language).then((strings) => {
      if (language !== this.#language) return;
      this.#strings = strings;
      this.#options.host.requestUpdate();
    });
  }

  #messageIn(texts: ChatStrings): StatusMessage | undefined {
    if (this.#status === 'signed-out') return signedOutMessage(texts);
    return this.#problem && failedMessage(this.#problem, texts);
  }

  #become(status: SessionStatus, problem: Problem | undefined): void {
    const { reports, onStatus } = this.#options;
    this.#status = status;
    this.#problem = problem;
    onStatus(status);
    if (status === 'ready') reports.settle();
    if (problem !== undefined) reports.report(problem);
  }

  #log(line: () => string): void {
    // eslint-disable-next-line no-console -- asked for by attribute
    if (this.#options.host.debug) console.debug(`[coze-chat] ${line()}`);
  }

  #fire(event: Event): void {
    this.#options.host.dispatchEvent(event);
  }
}

/** One by one: an element's properties are accessors of its class, which copying would miss. */
function rawConfigOf(host: ChatHost): RawConfig {
  return {
    tokenEndpoint: host.tokenEndpoint,
    getToken: host.getToken,
    credentials: host.credentials,
    botId: host.botId,
    appId: host.appId,
    workflowId: host.workflowId,
    userId: host.userId,
    userName: host.userName,
    userAvatar: host.userAvatar,
    identityToken: host.identityToken,
    apiBaseUrl: host.apiBaseUrl,
    connectorId: host.connectorId,
    locale: localeOf(host, host.locale),
    strings: host.strings,
  };
}
