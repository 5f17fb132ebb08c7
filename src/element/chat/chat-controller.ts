/** The code of an element that is loaded when its chat is first wanted. A page whose chat is not used does not load it. */
import { nothing, type ReactiveController, type TemplateResult, unsafeCSS } from 'lit';
import type { ChatOptions } from '../../config/chat-options.js';
import { parseChatOptions } from '../../config/chat-options-schema.js';
import { invalidConfiguration } from '../../config/configuration-problem.js';
import { systemClock, systemTimers } from '../../core/clock.js';
import type { Problem } from '../../core/errors.js';
import { fail, type Result } from '../../core/result.js';
import type { FrameAssets } from '../../frame/host/chat-frame.js';
import type { ChatStrings } from '../../locales/translations/en.js';
import { type ChatSession, type ChatSessionOptions, createChatSession } from '../../session/chat-session.js';
import type { KeptDraft } from '../../session/kept-draft.js';
import type { SessionController } from '../../session/session-controller.js';
import type { SessionNotification } from '../../session/session-notification.js';
import { isUsable, type SessionState } from '../../session/session-state.js';
import type { TokenFailure } from '../../token/token-failure.js';
import { ConsentWatch } from '../consent/consent-watch.js';
import type { ConversationsButton } from '../conversations/conversations-button.js';
import {
  CozeActionEvent,
  CozeAnswerEndEvent,
  CozeAnswerStartEvent,
  CozeConversationChangeEvent,
  CozeFeedbackEvent,
  CozeIdentityChangeEvent,
  CozeImageEvent,
  CozeLinkEvent,
  CozeMessageEvent,
  CozeReadyEvent,
  CozeTaskEvent,
} from '../events/chat-events.js';
import type { ErrorReporter } from '../events/error-reporter.js';
import { toTokenEvent } from '../events/token-event.js';
import { UnreadBadge } from '../launcher/unread-badge.js';
import { FullScreen } from '../panel/full-screen.js';
import panelCss from '../panel/panel.css?inline';
import { renderPanelContent } from '../panel/panel-view.js';
import { ResizeHandle } from '../panel/resize-handle.js';
import { type ChatElementHost, toConfigInput } from '../properties/chat-host.js';
import { ConnectionMonitor } from '../status/connection-monitor.js';
import { type LocalizedStrings, StringsController } from '../status/localized-strings.js';
import { RetryCountdown } from '../status/retry-countdown.js';
import { SignInLink } from '../status/sign-in-link.js';
import { renderBanner, renderOverlay } from '../status/status-panel.js';
import { LazyPageTools } from '../tools/lazy-page-tools.js';
import { adoptStyles } from '../ui/adopt-styles.js';
import { OPENED_EARLIER, RESTORE_OPEN } from '../ui/storage-read.js';
import { writeStored } from '../ui/storage-write.js';
import { warnNotLoaded } from '../ui/warn-not-loaded.js';
import { AttributeWarnings } from './attribute-warnings.js';
import { formatState, formatTokenUpdate } from './debug-log.js';
import { findMountProblem, frameAssets, type FrameAssetsOptions } from './frame-assets.js';

export interface ChatControllerOptions {
  readonly host: ChatElementHost;
  readonly reporter: ErrorReporter;
  readonly onRetry: () => void;
}

const panelStyles = unsafeCSS(panelCss);

/** Locates the frame's files by the present attributes and properties of the element. */
function findFrameAssets(host: ChatElementHost): Result<FrameAssets, Problem> {
  const { location, origin } = host.ownerDocument.defaultView ?? window;
  // In a sandbox with an opaque origin the chat's iframe would get another opaque origin and could not reach the page. A `file:` page has
  // an opaque origin too, but works.
  if (origin === 'null' && location.protocol !== 'file:') {
    return fail(invalidConfiguration('the sandbox of the page’s frame lacks allow-same-origin'));
  }
  return frameAssets(toAssetsOptions(host));
}

function toAssetsOptions(host: ChatElementHost): FrameAssetsOptions {
  const { location, origin } = host.ownerDocument.defaultView ?? window;
  return {
    frameSrc: host.frameSrc,
    mount: host.mount,
    attributes: host.attributes,
    nonce: host.nonce,
    baseUrl: host.ownerDocument.baseURI,
    pageUrls: [location.href, origin],
  };
}

export class ChatController {
  readonly unread: UnreadBadge;
  readonly #options: ChatControllerOptions;
  readonly #frame: HTMLElement;
  readonly #session: ChatSession;
  readonly #fullScreen: FullScreen;
  readonly #resizeHandle: ResizeHandle;
  readonly #connection: ConnectionMonitor;
  readonly #countdown: RetryCountdown;
  readonly #signInLink: SignInLink;
  readonly #strings: StringsController;
  /** Controllers of the host, from the constructor to {@link dispose}. */
  readonly #parts: readonly ReactiveController[];
  #chatOptions: ChatOptions = {};
  readonly #pageTools: LazyPageTools;
  /** `undefined` until the options ask for the button and its code is loaded. */
  #conversationsButton: ConversationsButton | undefined;
  /** The last valid assets. */
  #assets: FrameAssets | undefined;

  /**
   * `draft`: the draft of the element's previous chat. `takeEarlyRequest`: returns the token request that was sent before this code was
   * loaded.
   */
  constructor(options: ChatControllerOptions, draft?: KeptDraft, takeEarlyRequest?: ChatSessionOptions['takeEarlyRequest']) {
    const { host, reporter } = options;
    const document = host.ownerDocument;
    const view = document.defaultView ?? window;
    this.#options = options;
    this.#frame = document.createElement('div');
    this.#frame.className = 'frame';
    this.#frame.inert = true;
    this.#pageTools = new LazyPageTools({
      host,
      dispatch: (event) => this.#dispatch(event),
      debug: (line) => this.#debug(() => line),
      advise: (sentence) => reporter.advise(sentence),
      timers: systemTimers,
    });
    this.#session = createChatSession(
      {
        container: this.#frame,
        assets: () => {
          const assets = findFrameAssets(host);
          if (assets.ok) this.#assets = assets.value;
          if (this.#assets === undefined) throw new TypeError('There is no place for the frame’s files.');
          return this.#assets;
        },
        title: () => host.chatName,
        notify: (notification) => this.#handle(notification),
        page: this.#pageTools,
        draft,
        takeEarlyRequest,
      },
      view,
    );
    this.unread = new UnreadBadge(host);
    this.#strings = new StringsController(host);
    this.#fullScreen = new FullScreen(host, view);
    this.#resizeHandle = new ResizeHandle(host, () => this.strings?.resizeChat);
    this.#connection = new ConnectionMonitor(host, view);
    this.#countdown = new RetryCountdown(document, systemClock, systemTimers);
    this.#signInLink = new SignInLink(host, view, () => void this.session.revalidate());
    this.#parts = [
      this.unread,
      this.#strings,
      this.#fullScreen,
      this.#resizeHandle,
      this.#connection,
      this.#countdown,
      this.#signInLink,
      new ConsentWatch(host, view),
      new AttributeWarnings(host, reporter),
    ];
    for (const part of this.#parts) host.addController(part);
    adoptStyles(host.renderRoot, panelStyles);
    if (host.open) this.#persistOpen();
  }

  get session(): SessionController {
    return this.#session.controller;
  }

  /** `undefined` until the language's strings are loaded. */
  get strings(): ChatStrings | undefined {
    return this.#strings.current?.strings;
  }

  /** The handle of a bubble's panel. Rendered outside the localised root, because its corner follows the page's `dir`, not the chat's language. */
  get resizeHandle(): HTMLElement {
    return this.#resizeHandle.element;
  }

  /** Content of the panel; `undefined` until the strings are loaded. */
  render(): TemplateResult | undefined {
    const { host, onRetry } = this.#options;
    const localized = this.#strings.current;
    if (localized === undefined) return undefined;
    const { strings } = localized;
    const { state } = this.session;
    const { heading, icon, isBubble } = host;
    return renderPanelContent({
      strings,
      heading,
      icon,
      header: this.#chatOptions.header,
      headerStart: this.#conversationsButton?.update(this.#chatOptions, localized),
      status: state.status,
      overlay: renderOverlay(state, this.#connection, strings, {
        signIn: this.#signInLink.render(strings.signIn),
        countdown: this.#countdownTo(state, localized),
        onRetry,
      }),
      banner: renderBanner(state, this.#connection, strings),
      frame: this.#frame,
      onClose: isBubble ? () => host.hide() : undefined,
    });
  }

  /** Makes the next update remove the chat and ask the visitor for consent. */
  forgetConsent(): void {
    const { host } = this.#options;
    writeStored('localStorage', 'consent', host, null);
    host.requestUpdate();
  }

  handleToggle(): void {
    this.#persistOpen();
  }

  /** Loads the remaining code and the strings, but requests no token. */
  preload(): void {
    const { host } = this.#options;
    const chatOptions = parseChatOptions(host.chatOptions ?? {}, host.ownerDocument.baseURI);
    this.#session.preload(toConfigInput(host), chatOptions.ok ? chatOptions.value : {});
  }

  /** Updates the chat from the element's properties. */
  configure(): void {
    const { host, reporter } = this.#options;
    const chatOptions = parseChatOptions(host.chatOptions ?? {}, host.ownerDocument.baseURI);
    if (chatOptions.ok) this.#applyChatOptions(chatOptions.value);
    const mountProblem = host.tokenEndpoint || host.getToken ? undefined : findMountProblem(toAssetsOptions(host));
    // A chat in use is removed too: its next token request would go to that mount.
    if (mountProblem !== undefined) return this.session.invalidate(mountProblem);
    const assets = findFrameAssets(host);
    for (const { error } of [chatOptions, assets].filter((checked) => !checked.ok)) {
      // A chat in use keeps its last valid options and assets.
      if (!isUsable(this.session.state)) return this.session.invalidate(error);
      reporter.report(error);
    }
    this.#pageTools.preload();
    this.#session.configure(toConfigInput(host), this.#chatOptions);
    this.session.setTitle(host.chatName);
  }

  /** Removes the visitor's chat and token, synchronously. */
  signOut(): void {
    writeStored('sessionStorage', 'open', this.#options.host, null);
    this.session.signOut();
  }

  /** Removes the chat. Returns the visitor's draft, for the same visitor only. */
  dispose(): KeptDraft {
    for (const part of this.#parts) {
      part.hostDisconnected?.();
      this.#options.host.removeController(part);
    }
    return this.#session.dispose();
  }

  #handle(notification: SessionNotification): boolean {
    switch (notification.type) {
      case 'state-changed':
        this.#handleState(notification.state, notification.previous);
        return true;
      case 'token-updated': {
        this.#debug(() => formatTokenUpdate(notification.update, Date.now()));
        const event = toTokenEvent(notification.update);
        if (notification.update.phase === 'failed') this.#advise(notification.update.failure);
        return event === undefined || this.#dispatch(event);
      }
      case 'identity-changed':
        return this.#dispatch(new CozeIdentityChangeEvent(notification.cause));
      case 'message':
        if (notification.message.role === 'assistant') this.unread.add();
        return this.#dispatch(new CozeMessageEvent(notification.message));
      case 'reply-failed':
      case 'formatting-failed':
      case 'feature-failed':
        // Lets two failures in a row each fire coze-error.
        this.#options.reporter.reset();
        this.#options.reporter.report(notification.problem);
        return true;
      case 'conversation':
        return this.#dispatch(new CozeConversationChangeEvent(notification.id));
      case 'conversation-list':
        this.#conversationsButton?.handleList(notification.isShown, notification.returnsFocus);
        return true;
      case 'escape':
        this.#options.host.hide();
        return true;
      case 'answer-started':
        return this.#dispatch(new CozeAnswerStartEvent(notification.answer));
      case 'answer-ended':
        return this.#dispatch(new CozeAnswerEndEvent(notification.answer));
      case 'link':
        return this.#dispatch(new CozeLinkEvent(notification.url));
      case 'image':
        return this.#dispatch(new CozeImageEvent(notification.url));
      case 'tasks':
        return this.#dispatch(new CozeTaskEvent(notification.tasks));
      case 'feedback':
        return this.#dispatch(new CozeFeedbackEvent(notification.feedback));
      case 'action':
        return this.#dispatch(new CozeActionEvent(notification));
    }
  }

  #handleState(state: SessionState, previous: SessionState): void {
    const { host, reporter } = this.#options;
    this.#debug(() => formatState(state, previous));
    // Before the next render, because a listener of `coze-ready` may use the chat at once.
    this.#frame.inert = !isUsable(state);
    // The list disappears with its frame, which sends no event for it.
    if (!isUsable(state)) this.#conversationsButton?.handleList(false, false);
    if (state.generation !== previous.generation) this.unread.clear();
    if (state.status === 'ready') reporter.reset();
    if (state.status === 'failed') reporter.report(state.problem);
    host.requestUpdate();
    if (state.status === 'ready' && previous.status === 'loading') this.#dispatch(new CozeReadyEvent());
  }

  /** Also reports attempts whose failure the visitor does not see, because the first one has the reason. */
  #advise({ advice, fault, code, message }: TokenFailure): void {
    if ((advice ?? fault) !== undefined) this.#options.reporter.advise(advice ?? `${code}: ${message}`);
  }

  #countdownTo(state: SessionState, localized: LocalizedStrings): HTMLElement | typeof nothing {
    const retryAtMs = state.status === 'failed' && !this.#connection.isOffline ? state.retryAtMs : undefined;
    if (retryAtMs === undefined) this.#countdown.stop();
    else this.#countdown.start(retryAtMs, localized);
    return retryAtMs === undefined ? nothing : this.#countdown.element;
  }

  /** Stores whether the next page in this tab opens the panel again. It does not if the panel would cover the page. */
  #persistOpen(): void {
    const { host } = this.#options;
    if (!host.isBubble) return;
    const isRestored = host.open && !host.forgetOpen && !this.#fullScreen.isSmallScreen;
    writeStored('sessionStorage', 'open', host, isRestored ? RESTORE_OPEN : OPENED_EARLIER);
  }

  #applyChatOptions(chatOptions: ChatOptions): void {
    // The element renders the header itself, and has rendered it with the former options.
    const former = this.#chatOptions;
    this.#chatOptions = chatOptions;
    if (JSON.stringify(chatOptions) !== JSON.stringify(former)) this.#options.host.requestUpdate();
    if ((chatOptions.conversations || chatOptions.ownData) && this.#conversationsButton === undefined) void this.#loadConversationsButton();
  }

  async #loadConversationsButton(): Promise<void> {
    const { host } = this.#options;
    const loaded = await import('../conversations/conversations-button.js').catch(warnNotLoaded('conversations-button.js'));
    if (loaded === undefined) return;
    const toggle = (): void => void this.session.commands.conversations('toggle').catch(() => undefined);
    this.#conversationsButton ??= new loaded.ConversationsButton(host.ownerDocument, toggle);
    host.requestUpdate();
  }

  #debug(line: () => string): void {
    // eslint-disable-next-line no-console -- asked for by attribute
    if (this.#options.host.debug) console.debug(`[coze-chat] ${line()}`);
  }

  #dispatch(event: Event): boolean {
    return this.#options.host.dispatchEvent(event);
  }
}
