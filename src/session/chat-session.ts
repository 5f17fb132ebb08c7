/** A chat on a page: the session controller with real clocks, network, page and frame behind it. Loaded when a chat is first wanted. */
import { type ChatConfig, type ConfigInput, isSameIdentity, isSamePresentation, cookieSessionKey, parseConfig } from '../config/config.js';
import { CozeChatError } from '../core/chat-error.js';
import { ErrorCode, type Problem } from '../core/errors.js';
import type { ChatFrame, FrameAssets } from '../frame/host/chat-frame.js';
import { FramePreloader } from './frame-preloader.js';
import type { ChatEvent, ChatMessage, HostApi } from '../frame/contract.js';
import type { ChatOptions } from '../config/chat-options.js';
import { loadStrings } from '../locales/strings.js';
import { AccessTokenSource } from '../token/source/access-token-source.js';
import { type TokenRequester, endpointRequester, functionRequester } from '../token/request/token-requester.js';
import { systemClock, systemTimers } from '../core/clock.js';
import type { TokenSubject, TokenUpdate } from '../token/source/token-update.js';
import { AuthChannel } from './auth-channel.js';
import { type PageLifecycle, observePage } from './page-lifecycle.js';
import { SessionController } from './session-controller.js';
import { AuthSync } from './auth-sync.js';
import { hasFrame, type IdentityChangeCause, type SessionState } from './session-state.js';

export interface ChatSessionListener {
  readonly onState: (state: SessionState, previous: SessionState) => void;
  readonly onToken: (update: TokenUpdate) => void;
  readonly onMessage: (message: ChatMessage) => void;
  readonly onReplyFailed: (problem: Problem) => void;
  readonly onEvent: (activity: ChatEvent) => boolean;
  readonly onEscape: () => void;
  readonly onIdentityChange: (cause: IdentityChangeCause) => void;
}

export interface ChatSessionOptions {
  /** Where the iframe goes. */
  readonly container: HTMLElement;
  readonly assets: () => FrameAssets;
  /** Accessible name of the iframe. */
  readonly title: () => string;
  readonly listener: ChatSessionListener;
}

export class ChatSession {
  readonly #options: ChatSessionOptions;
  readonly #controller: SessionController;
  readonly #page: PageLifecycle;
  readonly #channel: AuthChannel;
  readonly #authSync: AuthSync;
  readonly #window: Window;
  readonly #preloader: FramePreloader;
  #config: ChatConfig | undefined;
  #chatOptions: ChatOptions = {};

  constructor(options: ChatSessionOptions, window: Window & typeof globalThis) {
    this.#options = options;
    this.#window = window;
    const { onIdentityChange, onState, onToken, ...listener } = options.listener;
    const { container, assets } = options;
    this.#preloader = new FramePreloader({ container, assets, timers: systemTimers });
    this.#controller = new SessionController({
      ...listener,
      clock: systemClock,
      timers: systemTimers,
      random: Math.random,
      isOnline: () => this.#page.isOnline(),
      createSource: (onUpdate, owner) => this.#createSource(onUpdate, owner),
      createFrame: (host, subject) => this.#createFrame(host, subject),
      onState: (state, previous) => {
        if (state.status !== 'authorizing' && !hasFrame(state)) this.#preloader.discard();
        onState(state, previous);
      },
      onToken: (update) => {
        // The chat's code comes while the first token does.
        if (update.phase === 'requested' && this.#controller.state.status === 'authorizing')
          this.#preloader.prepare(this.#current.presentation.locale);
        this.#authSync.onToken(update);
        onToken(update);
      },
      onSubjectChanged: () => onIdentityChange('detected'),
    });
    this.#page = observePage(
      { onVisible: () => this.#handleVisible(), onOnline: () => this.#controller.retryNow(), onPageHide: () => this.#handlePageHide() },
      window,
    );
    this.#channel = new AuthChannel((message) => this.#authSync.handleMessage(message), window);
    this.#authSync = new AuthSync({
      session: this.#controller,
      scope: () => this.#config && cookieSessionKey(this.#config.identity),
      isVisible: this.#page.isVisible,
      post: (message) => this.#channel.post(message),
    });
    this.#channel.open();
  }

  /** Loads the chat's code, for whoever it will be. Asks for no token. */
  prepare(raw: ConfigInput): void {
    const parsed = parseConfig(raw, this.#window.document.baseURI);
    if (parsed.ok) this.#preloader.prepare(parsed.value.presentation.locale);
  }

  /** Takes the configuration as it is now and starts, switches or rebuilds the chat as it calls for. Answers what is wrong with it. */
  configure(raw: ConfigInput, chatOptions: ChatOptions = {}): Problem | undefined {
    const parsed = parseConfig(raw, this.#window.document.baseURI);
    if (!parsed.ok) {
      this.#controller.stop();
      return parsed.error;
    }
    const previous = this.#config;
    const previousOptions = this.#chatOptions;
    this.#config = parsed.value;
    this.#chatOptions = chatOptions;
    if (previous !== undefined && !isSameIdentity(previous.identity, parsed.value.identity)) {
      this.#controller.stop();
      this.#options.listener.onIdentityChange('configured');
    } else if (previous !== undefined && !isSamePresentation(previous.presentation, parsed.value.presentation)) {
      this.#controller.recreateFrame();
    } else if (!hasSameMountOptions(previousOptions, chatOptions)) {
      this.#controller.recreateFrame();
    } else if (!isSame(previousOptions, chatOptions)) {
      this.#controller.applyOptions(chatOptions);
    }
    this.#controller.start();
    return undefined;
  }

  /** Leaves nothing behind, at once; {@link configure} starts anew. */
  stop(): void {
    this.#controller.stop();
  }

  /** {@link stop}, and no longer watches the page. Final. */
  dispose(): void {
    this.#controller.stop();
    this.#preloader.discard();
    this.#page.stop();
    this.#channel.close();
  }

  signOut(): void {
    this.#controller.signOut();
    this.#authSync.onSignOut();
    this.#options.listener.onIdentityChange('signed-out');
  }

  /** From scratch: a new token, a new frame. */
  reload(): void {
    this.#controller.reauthorize();
  }

  refreshToken(): Promise<void> {
    return this.#controller.refreshToken();
  }

  /** The complete answer. Rejects with a {@link CozeChatError}. */
  async send(text: string): Promise<ChatMessage> {
    if (typeof text !== 'string' || text.trim() === '') throw notSent('The message has no text.');
    const outcome = await this.#controller.command((controls) => controls.send(text));
    if (outcome === 'not-sent')
      throw notSent('The message was not sent: a listener of coze-before-send refused it, or the chat is read-only.');
    if (outcome === 'unanswered') throw failed('The message was not answered.');
    return outcome;
  }

  /** Begins a new conversation. Rejects with a {@link CozeChatError}. */
  async clear(): Promise<void> {
    const isDone = await this.#controller.command((controls) => controls.clear());
    if (!isDone) throw failed('No new conversation could be begun.');
  }

  #handleVisible(): void {
    this.#channel.open();
    this.#controller.handleVisible();
  }

  /** What is on the screen belongs to who is signed in now, not to whoever comes back to the page. */
  #handlePageHide(): void {
    this.#channel.close();
    this.#controller.suspend();
  }

  /** Only called in states that follow {@link configure}. */
  get #current(): ChatConfig {
    if (this.#config === undefined) throw new TypeError('The chat session is not configured.');
    return this.#config;
  }

  #createSource(onUpdate: (update: TokenUpdate) => void, owner: TokenSubject | undefined): AccessTokenSource {
    return new AccessTokenSource({
      request: this.#requester(),
      onUpdate,
      clock: systemClock,
      timers: systemTimers,
      random: Math.random,
      isVisible: this.#page.isVisible,
      isOnline: this.#page.isOnline,
      expectedSubject: owner,
    });
  }

  #requester(): TokenRequester {
    const { tokenProvider, credentials, userId } = this.#current.identity;
    const effects = { fetch: this.#window.fetch.bind(this.#window), clock: systemClock, timers: systemTimers };
    if ('endpoint' in tokenProvider) {
      const identityToken = (): string | undefined => this.#current.identity.identityToken;
      return endpointRequester({ endpoint: tokenProvider.endpoint, credentials, userId, identityToken }, effects);
    }
    return functionRequester((context) => this.#currentGetToken()(context), userId, effects);
  }

  #currentGetToken(): Extract<ChatConfig['identity']['tokenProvider'], { getToken: unknown }>['getToken'] {
    const { tokenProvider } = this.#current.identity;
    if ('getToken' in tokenProvider) return tokenProvider.getToken;
    throw new TypeError('getToken was taken away.');
  }

  #createFrame(host: HostApi, subject: string | undefined): ChatFrame {
    const { identity, presentation } = this.#current;
    return this.#preloader.claim(presentation.locale).mount({
      settings: {
        target: identity.target,
        connectorId: identity.connectorId,
        apiBaseUrl: identity.apiBaseUrl,
        // Coze keeps a bot's memory by this id: proven before claimed, and never one id for everybody.
        user: { id: subject ?? identity.userId ?? '', name: presentation.userName, avatar: presentation.userAvatar },
        locale: presentation.locale,
        strings: loadStrings(presentation.locale).then((strings) => ({ ...strings, ...presentation.strings })),
        options: this.#chatOptions,
      },
      host,
      title: this.#options.title(),
    });
  }
}

/** What the chat reads only once: where it goes, and what it says to the API. */
function hasSameMountOptions(one: ChatOptions, other: ChatOptions): boolean {
  return one.conversationName === other.conversationName && isSame(one.requestHeaders, other.requestHeaders);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function notSent(message: string): CozeChatError {
  return new CozeChatError({ code: ErrorCode.NotSent, message, retryable: false });
}

function failed(message: string): CozeChatError {
  return new CozeChatError({ code: ErrorCode.ChatFailed, message, retryable: true });
}
