/** What an element needs from the moment its chat is first wanted; until then a page does not pay for any of it. */
import { type TemplateResult, unsafeCSS } from 'lit';
import { checkChatOptions } from '../../config/chat-options-schema.js';
import { CozeChatError } from '../../core/chat-error.js';
import { CozeIdentityChangeEvent, CozeMessageEvent, CozeReadyEvent } from '../events/chat-events.js';
import type { ChatOptions } from '../../config/chat-options.js';
import type { ChatMessage } from '../../frame/contract.js';
import type { ChatStrings } from '../../locales/translations/en.js';
import { ChatSession, type ChatSessionListener } from '../../session/chat-session.js';
import type { SessionStatus } from '../../session/session-state.js';
import { activityEventOf } from '../events/activity-event.js';
import { type ChatHost, rawConfigOf } from '../properties/chat-host.js';
import { stateLine, tokenLine } from './debug-log.js';
import { frameAssets } from './frame-assets.js';
import { FullScreen } from '../panel/full-screen.js';
import { note } from '../ui/storage-write.js';
import { Objections } from './attribute-warnings.js';
import type { ProblemReports } from '../events/error-reporter.js';
import panelCss from '../panel/panel.css?inline';
import { PanelSize } from '../panel/resize-handle.js';
import { panelView } from '../panel/panel-view.js';
import { type Failure, Situation } from '../status/status-panel.js';
import { addStyles } from '../ui/adopt-styles.js';
import { tokenEventOf } from '../events/token-event.js';
import { Unread } from '../launcher/unread-badge.js';
import { SpokenWords } from '../status/localized-strings.js';

export interface LiveChatOptions {
  readonly host: ChatHost;
  readonly reports: ProblemReports;
  readonly onStatus: (status: SessionStatus) => void;
  readonly onRetry: () => void;
}

const panelStyles = unsafeCSS(panelCss);

/** Remembered of a panel that need not be opened on the next page, but may well be. */
const WAS_OPEN = '';

export class LiveChat {
  readonly #options: LiveChatOptions;
  readonly #frame: HTMLElement;
  readonly #session: ChatSession;
  readonly #fullScreen: FullScreen;
  readonly #size: PanelSize;
  readonly #situation: Situation;
  readonly #words: SpokenWords;
  readonly #objections: Objections;
  readonly unread: Unread;
  #chatOptions: ChatOptions = {};

  constructor(options: LiveChatOptions) {
    const { host, reports, onRetry } = options;
    const view = host.ownerDocument.defaultView ?? window;
    this.#options = options;
    this.#words = new SpokenWords(host);
    this.#objections = new Objections(reports);
    this.unread = new Unread(host);
    this.#situation = new Situation({ host, window: view, onRetry, onReturn: () => void this.refreshToken() });
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
    addStyles(host.renderRoot, panelStyles);
    this.#fullScreen = new FullScreen(host, view);
    this.#size = new PanelSize(host);
    if (host.open) this.#noteOpen();
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
    const situation = this.#situation;
    const { heading, icon, isBubble } = host;
    this.#frame.inert = !situation.isLive;
    return panelView({
      texts: words.texts,
      heading,
      icon,
      header: this.#chatOptions.header,
      status: situation.status,
      content: situation.content(words),
      notice: situation.notice(words),
      frame: this.#frame,
      onClose: isBubble ? () => host.hide() : undefined,
    });
  }

  /** Goes into a bubble's panel, beside what is in it: the corner is one in the page's direction, not in the language's. */
  get resizeHandle(): HTMLElement {
    return this.#size.handle;
  }

  /** The panel was opened or closed. */
  afterToggle(): void {
    this.#syncPanel();
    this.#noteOpen();
    this.unread.clear();
  }

  /** Loads the rest of the code and the words, but asks for no token. */
  prepare(): void {
    const { host } = this.#options;
    this.#words.sync();
    this.#session.prepare(rawConfigOf(host));
  }

  /** Brings the chat in line with the element's properties. */
  configure(): void {
    const { host, reports } = this.#options;
    this.#syncPanel();
    this.#objections.tell(host);
    this.#words.sync();
    const checked = checkChatOptions(host.chatOptions ?? {}, host.ownerDocument.baseURI);
    if (checked.ok) this.#arrange(checked.value);
    // A chat in use keeps those it has.
    else if (this.#situation.isLive) reports.report(checked.error);
    else {
      this.#session.stop();
      return this.#become('failed', { problem: checked.error });
    }
    const problem = this.#session.configure(rawConfigOf(host), this.#chatOptions);
    if (problem !== undefined) return this.#become('failed', { problem });
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
    this.#situation.stop();
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
    const { problem } = this.#situation;
    if (problem !== undefined) throw new CozeChatError(problem);
  }

  readonly #listener: ChatSessionListener = {
    onState: (next, previous) => {
      this.#log(() => stateLine(next, previous));
      if (next.generation !== previous.generation) this.unread.clear();
      this.#become(next.status, next.status === 'failed' ? next : undefined);
      if (next.status === 'ready' && previous.status === 'loading') this.#fire(new CozeReadyEvent());
    },
    onToken: (update) => {
      this.#log(() => tokenLine(update, Date.now()));
      const event = tokenEventOf(update);
      if (event !== undefined) this.#fire(event);
    },
    onMessage: (message) => {
      this.#fire(new CozeMessageEvent(message));
      if (message.role === 'assistant') this.unread.add();
    },
    onTurnFailed: (problem) => {
      // Each is news: what kept the answer before from coming has nothing to do with this one.
      this.#options.reports.settle();
      this.#options.reports.report(problem);
    },
    onActivity: (activity) => this.#options.host.dispatchEvent(activityEventOf(activity)),
    onEscape: () => this.#options.host.hide(),
    onIdentityChange: (cause) => this.#fire(new CozeIdentityChangeEvent(cause)),
  };

  #syncPanel(): void {
    this.#fullScreen.sync();
    const { texts } = this;
    if (texts !== undefined) this.#size.sync(texts.resizeChat);
  }

  /** For the next page in this tab; not where the visitor would not see that page. */
  #noteOpen(): void {
    const { host } = this.#options;
    if (!host.isBubble) return;
    const isKept = host.open && !host.forgetOpen && !this.#fullScreen.isWanted;
    note('sessionStorage', 'open', host, isKept ? '1' : WAS_OPEN);
  }

  #arrange(chatOptions: ChatOptions): void {
    // The header is ours to show, and has been rendered by now.
    if (JSON.stringify(chatOptions.header) !== JSON.stringify(this.#chatOptions.header)) this.#options.host.requestUpdate();
    this.#chatOptions = chatOptions;
  }

  #become(status: SessionStatus, failure?: Failure): void {
    const { reports, onStatus } = this.#options;
    this.#situation.become(status, failure);
    onStatus(status);
    if (status === 'ready') reports.settle();
    if (failure !== undefined) reports.report(failure.problem);
  }

  #log(line: () => string): void {
    // eslint-disable-next-line no-console -- asked for by attribute
    if (this.#options.host.debug) console.debug(`[coze-chat] ${line()}`);
  }

  #fire(event: Event): void {
    this.#options.host.dispatchEvent(event);
  }
}
