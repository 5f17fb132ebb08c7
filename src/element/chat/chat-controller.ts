/** What an element needs from the moment its chat is first wanted; until then a page does not pay for any of it. */
import { type TemplateResult, unsafeCSS } from 'lit';
import { parseChatOptions } from '../../config/chat-options-schema.js';
import { CozeChatError } from '../../core/chat-error.js';
import { CozeIdentityChangeEvent, CozeMessageEvent, CozeReadyEvent } from '../events/chat-events.js';
import type { ChatOptions } from '../../config/chat-options.js';
import type { ChatMessage } from '../../frame/contract.js';
import type { ChatStrings } from '../../locales/translations/en.js';
import { ChatSession, type ChatSessionListener } from '../../session/chat-session.js';
import type { SessionStatus } from '../../session/session-state.js';
import { toActivityEvent } from '../events/activity-event.js';
import { type ChatElementHost, toRawConfig } from '../properties/chat-host.js';
import { formatState, formatTokenUpdate } from './debug-log.js';
import { frameAssets } from './frame-assets.js';
import { FullScreen } from '../panel/full-screen.js';
import { writeStored } from '../ui/storage-write.js';
import { AttributeWarnings } from './attribute-warnings.js';
import type { ErrorReporter } from '../events/error-reporter.js';
import panelCss from '../panel/panel.css?inline';
import { ResizeHandle } from '../panel/resize-handle.js';
import { renderPanelContent } from '../panel/panel-view.js';
import { type FailureState, StatusPanel } from '../status/status-panel.js';
import { adoptStyles } from '../ui/adopt-styles.js';
import { toTokenEvent } from '../events/token-event.js';
import { UnreadBadge } from '../launcher/unread-badge.js';
import { StringsController } from '../status/localized-strings.js';

export interface ChatControllerOptions {
  readonly host: ChatElementHost;
  readonly reports: ErrorReporter;
  readonly onStatus: (status: SessionStatus) => void;
  readonly onRetry: () => void;
}

const panelStyles = unsafeCSS(panelCss);

/** Remembered of a panel that need not be opened on the next page, but may well be. */
const OPENED_EARLIER = '';

export class ChatController {
  readonly #options: ChatControllerOptions;
  readonly #frame: HTMLElement;
  readonly #session: ChatSession;
  readonly #fullScreen: FullScreen;
  readonly #size: ResizeHandle;
  readonly #status: StatusPanel;
  readonly #words: StringsController;
  readonly #objections: AttributeWarnings;
  readonly unread: UnreadBadge;
  #chatOptions: ChatOptions = {};

  constructor(options: ChatControllerOptions) {
    const { host, reports, onRetry } = options;
    const view = host.ownerDocument.defaultView ?? window;
    this.#options = options;
    this.#words = new StringsController(host);
    this.#objections = new AttributeWarnings(reports);
    this.unread = new UnreadBadge(host);
    this.#status = new StatusPanel({ host, window: view, onRetry, onReturn: () => void this.refreshToken() });
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
      view,
    );
    adoptStyles(host.renderRoot, panelStyles);
    this.#fullScreen = new FullScreen(host, view);
    this.#size = new ResizeHandle(host);
    if (host.open) this.#persistOpen();
  }

  /** `undefined` until those of the language are there. */
  get texts(): ChatStrings | undefined {
    return this.#words.current?.texts;
  }

  /** What is in the panel, as soon as there are words for it. */
  render(): TemplateResult | undefined {
    const { host } = this.#options;
    const words = this.#words.current;
    if (words === undefined) return undefined;
    const situation = this.#status;
    const { heading, icon, isBubble } = host;
    this.#frame.inert = !situation.isInteractive;
    return renderPanelContent({
      texts: words.texts,
      heading,
      icon,
      header: this.#chatOptions.header,
      status: situation.status,
      content: situation.renderOverlay(words),
      notice: situation.renderBanner(words),
      frame: this.#frame,
      onClose: isBubble ? () => host.hide() : undefined,
    });
  }

  /** Goes into a bubble's panel, beside what is in it: the corner is one in the page's direction, not in the language's. */
  get resizeHandle(): HTMLElement {
    return this.#size.handle;
  }

  /** The panel was opened or closed. */
  handleToggle(): void {
    this.#syncPanel();
    this.#persistOpen();
    this.unread.clear();
  }

  /** Loads the rest of the code and the words, but asks for no token. */
  prepare(): void {
    const { host } = this.#options;
    this.#words.sync();
    this.#session.prepare(toRawConfig(host));
  }

  /** Brings the chat in line with the element's properties. */
  configure(): void {
    const { host, reports } = this.#options;
    this.#syncPanel();
    this.#objections.report(host);
    this.#words.sync();
    const checked = parseChatOptions(host.chatOptions ?? {}, host.ownerDocument.baseURI);
    if (checked.ok) this.#applyChatOptions(checked.value);
    // A chat in use keeps those it has.
    else if (this.#status.isInteractive) reports.report(checked.error);
    else {
      this.#session.stop();
      return this.#setStatus('failed', { problem: checked.error });
    }
    const problem = this.#session.configure(toRawConfig(host), this.#chatOptions);
    if (problem !== undefined) return this.#setStatus('failed', { problem });
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
    this.#status.stop();
  }

  signOut(): void {
    writeStored('sessionStorage', 'open', this.#options.host, null);
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
    const { problem } = this.#status;
    if (problem !== undefined) throw new CozeChatError(problem);
  }

  readonly #listener: ChatSessionListener = {
    onState: (next, previous) => {
      this.#debug(() => formatState(next, previous));
      if (next.generation !== previous.generation) this.unread.clear();
      this.#setStatus(next.status, next.status === 'failed' ? next : undefined);
      if (next.status === 'ready' && previous.status === 'loading') this.#dispatch(new CozeReadyEvent());
    },
    onToken: (update) => {
      this.#debug(() => formatTokenUpdate(update, Date.now()));
      const event = toTokenEvent(update);
      if (event !== undefined) this.#dispatch(event);
    },
    onMessage: (message) => {
      this.#dispatch(new CozeMessageEvent(message));
      if (message.role === 'assistant') this.unread.add();
    },
    onReplyFailed: (problem) => {
      // Each is news: what kept the answer before from coming has nothing to do with this one.
      this.#options.reports.reset();
      this.#options.reports.report(problem);
    },
    onEvent: (activity) => this.#options.host.dispatchEvent(toActivityEvent(activity)),
    onEscape: () => this.#options.host.hide(),
    onIdentityChange: (cause) => this.#dispatch(new CozeIdentityChangeEvent(cause)),
  };

  #syncPanel(): void {
    this.#fullScreen.sync();
    const { texts } = this;
    if (texts !== undefined) this.#size.sync(texts.resizeChat);
  }

  /** For the next page in this tab; not where the visitor would not see that page. */
  #persistOpen(): void {
    const { host } = this.#options;
    if (!host.isBubble) return;
    const isKept = host.open && !host.forgetOpen && !this.#fullScreen.isSmallScreen;
    writeStored('sessionStorage', 'open', host, isKept ? '1' : OPENED_EARLIER);
  }

  #applyChatOptions(chatOptions: ChatOptions): void {
    // The header is ours to show, and has been rendered by now.
    if (JSON.stringify(chatOptions.header) !== JSON.stringify(this.#chatOptions.header)) this.#options.host.requestUpdate();
    this.#chatOptions = chatOptions;
  }

  #setStatus(status: SessionStatus, failure?: FailureState): void {
    const { reports, onStatus } = this.#options;
    this.#status.setStatus(status, failure);
    onStatus(status);
    if (status === 'ready') reports.reset();
    if (failure !== undefined) reports.report(failure.problem);
  }

  #debug(line: () => string): void {
    // eslint-disable-next-line no-console -- asked for by attribute
    if (this.#options.host.debug) console.debug(`[coze-chat] ${line()}`);
  }

  #dispatch(event: Event): void {
    this.#options.host.dispatchEvent(event);
  }
}
