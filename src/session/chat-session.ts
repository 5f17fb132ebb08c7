/** A chat on a page: wires a session controller to real clocks, network, page, tabs and frame. Loaded when a chat is first wanted. */
import { type ChatOptions, namedPictures } from '../config/chat-options.js';
import {
  type ChatConfig,
  type ConfigInput,
  isSameIdentity,
  isSamePresentation,
  parseConfig,
  toIdentityInput,
  type VisitorIdentity,
} from '../config/config.js';
import { cookieSessionKey, isVerifiable } from '../config/identity.js';
import { pictureSources } from '../core/address.js';
import { systemClock, systemTimers } from '../core/clock.js';
import { findLocalStorage } from '../core/local-storage.js';
import type { HostApi } from '../frame/contract.js';
import type { ChatFrame, FrameAssets, FrameHead } from '../frame/host/chat-frame.js';
import { loadStrings } from '../locales/strings.js';
import { TokenReason } from '../token/protocol.js';
import { serializeFirstRequest } from '../token/request/first-request.js';
import type { EarlyRequest } from '../token/request/post-token-request.js';
import { endpointRequester, functionRequester, type GetToken, type TokenRequester } from '../token/request/token-requester.js';
import { AccessTokenSource } from '../token/source/access-token-source.js';
import { AuthChannel } from './auth-channel.js';
import { AuthSync } from './auth-sync.js';
import { ChatStart } from './chat-start.js';
import { toFirstPost } from './early-request.js';
import { FramePreloader } from './frame-preloader.js';
import { KeptDraft } from './kept-draft.js';
import { observePage } from './page-lifecycle.js';
import { type PageApi, SessionController } from './session-controller.js';
import type { Notify, SessionNotification } from './session-notification.js';
import { hasFrame } from './session-state.js';

export interface ChatSessionOptions {
  /** Parent of the iframe. */
  readonly container: HTMLElement;
  readonly assets: () => FrameAssets;
  /** Accessible name of the iframe. */
  readonly title: () => string;
  readonly notify: Notify;
  readonly page: PageApi;
  /** The draft of the previous chat in this element. */
  readonly draft?: KeptDraft | undefined;
  /** The token request that was sent before the session's code was loaded. */
  readonly takeEarlyRequest?: (() => EarlyRequest | undefined) | undefined;
}

export interface ChatSession {
  readonly controller: SessionController;
  /** Loads the frame's code before a visitor is known. Requests no token. */
  preload(input: ConfigInput, chatOptions?: ChatOptions): void;
  /** Reads the present configuration and starts, switches or rebuilds the chat accordingly. */
  configure(input: ConfigInput, chatOptions?: ChatOptions): void;
  /** Removes the chat and its listeners on the page. Returns the visitor's draft, for the same visitor only. */
  dispose(): KeptDraft;
}

export function createChatSession(
  { container, assets, title, notify, page: pageApi, draft = new KeptDraft(), takeEarlyRequest }: ChatSessionOptions,
  window: Window & typeof globalThis,
): ChatSession {
  let config: ChatConfig | undefined;
  let chatOptions: ChatOptions = {};

  const preloader = new FramePreloader({ container, assets, timers: systemTimers });
  const controller = new SessionController({
    clock: systemClock,
    timers: systemTimers,
    random: Math.random,
    isOnline: () => page.isOnline(),
    createSource: (onUpdate, expectedSubject) =>
      new AccessTokenSource({
        request: createRequester(),
        onUpdate,
        clock: systemClock,
        timers: systemTimers,
        random: Math.random,
        isVisible: page.isVisible,
        isOnline: page.isOnline,
        expectedSubject,
        isVerifiable: () => isVerifiable(toIdentityInput(configured().identity)),
      }),
    createFrame,
    page: pageApi,
    draft,
    onFrameFocus: (hasFocus) => page.handleFrameFocus(hasFocus),
    notify: (notification) => {
      prepareFrameFor(notification);
      authSync.handleNotification(notification);
      return notify(notification);
    },
  });
  const page = observePage(
    {
      onVisible: () => {
        channel.open();
        controller.handleVisible();
      },
      onFocus: () => controller.handleFocus(),
      onAbsence: () => controller.handleAbsence(),
      onOnline: () => controller.retryNow(),
      // The messages on the screen belong to the present visitor; another visitor may return to the page.
      onPageHide: () => {
        channel.close();
        controller.leavePage();
      },
    },
    window,
    systemTimers,
  );
  const channel = new AuthChannel((message) => authSync.handleMessage(message), window);
  const authSync = new AuthSync({
    session: controller,
    scope: () => config && cookieSessionKey(toIdentityInput(config.identity)),
    isVisible: page.isVisible,
    post: (message) => channel.post(message),
    timers: systemTimers,
  });
  channel.open();
  if (!window.document.hasFocus()) controller.handleAbsence();

  /** The frame's code loads in parallel with the first token, and is discarded when the visitor is signed out. */
  function prepareFrameFor(notification: SessionNotification): void {
    if (notification.type === 'token-updated') {
      if (controller.state.status === 'authorizing') preloader.prepare(headFor(configured(), chatOptions));
    } else if (notification.type === 'state-changed') {
      const { state } = notification;
      if (state.status !== 'authorizing' && !hasFrame(state)) preloader.discard();
    }
  }

  /** Only called in states that follow `configure()`. */
  function configured(): ChatConfig {
    if (config === undefined) throw new TypeError('The chat session is not configured.');
    return config;
  }

  function createRequester(): TokenRequester {
    const { tokenProvider, credentials, userId } = configured().identity;
    const effects = { fetch: window.fetch.bind(window), clock: systemClock, timers: systemTimers, pageOrigin: window.origin };
    if (tokenProvider.getToken !== undefined) return functionRequester((context) => currentGetToken()(context), userId, effects);
    const identityToken = (): string | undefined => configured().identity.identityToken;
    const identity = { endpoint: tokenProvider.tokenEndpoint, credentials, userId, identityToken };
    const requester = serializeFirstRequest(endpointRequester(identity, effects), {
      // Missing on pages without a secure context.
      locks: window.navigator.locks as LockManager | undefined,
      timers: systemTimers,
      sessionKey: cookieSessionKey(toIdentityInput(configured().identity)),
    });
    let early = takeEarly(configured().identity, tokenProvider.tokenEndpoint);
    const first = endpointRequester(identity, effects, early);
    return (context) => {
      const isFirst = early !== undefined && context.reason === TokenReason.Initial;
      early = undefined;
      return isFirst ? first(context) : requester(context);
    };
  }

  /** Returns the early request if it is the one that would be sent now. */
  function takeEarly(identity: VisitorIdentity, endpoint: string): EarlyRequest | undefined {
    const early = takeEarlyRequest?.();
    if (early?.sent === JSON.stringify(toFirstPost(toIdentityInput(identity), endpoint))) return early;
    early?.abort();
    return undefined;
  }

  function currentGetToken(): GetToken {
    const { getToken } = configured().identity.tokenProvider;
    if (getToken === undefined) throw new TypeError('getToken was taken away.');
    return getToken;
  }

  function createFrame(host: HostApi, subject: string | undefined, isGateway: boolean): ChatFrame {
    const { identity } = configured();
    const findConversation = (): string => draft.conversationOf(subject) ?? configured().conversationId;
    const prepared = preloader.claim(headFor(configured(), chatOptions));
    const start = new ChatStart({
      identity,
      subject,
      isGateway,
      conversationId: findConversation(),
      options: chatOptions,
      host,
      view: prepared.view,
      storage: findLocalStorage(window),
      timers: systemTimers,
      random: Math.random,
    });
    const chat = prepared.mount({
      // Read again when the page moves the iframe, which then loads again.
      get settings() {
        const { presentation } = configured();
        return {
          target: identity.target,
          connectorId: identity.connectorId,
          apiBaseUrl: identity.apiBaseUrl,
          // Coze keeps a bot's memory under this id. A subject that the backend has proven has priority over an id that the page claims. With a
          // constant, all visitors would share one memory.
          user: { id: subject ?? identity.userId ?? '', name: presentation.userName, avatar: presentation.userAvatar },
          locale: presentation.locale,
          pictureSources: sourcesFor(configured(), chatOptions),
          strings: loadStrings(presentation.locale).then((strings) => ({ ...strings, ...presentation.strings })),
          conversationId: findConversation(),
          options: chatOptions,
        };
      },
      host: start.host,
      title: title(),
    });
    const destroy = (): void => {
      start.end();
      chat.destroy();
    };
    return { ...chat, destroy };
  }

  function sourcesFor({ identity, presentation }: ChatConfig, { pictureHosts = [] }: ChatOptions): readonly string[] {
    return pictureSources(identity.apiBaseUrl, [...presentation.pictureHosts, ...pictureHosts], window.origin);
  }

  function headFor(wanted: ChatConfig, options: ChatOptions): FrameHead {
    const { identity, presentation } = wanted;
    const named = [presentation.userAvatar, ...namedPictures(options)].filter((url) => url !== '');
    return {
      language: presentation.locale,
      apiBaseUrl: identity.apiBaseUrl,
      pictures: [...sourcesFor(wanted, options), ...named.map(toPolicySource)].join(' '),
    };
  }

  /**
   * Returns the source with which the frame's CSP allows a picture. For a foreign picture, the source is its origin, so that another picture
   * of that origin needs no new document; for one of the page's own origin, it is the URL without its query.
   */
  function toPolicySource(pictureUrl: string): string {
    const { origin, pathname } = new URL(pictureUrl);
    return origin === window.origin ? origin + pathname : origin;
  }

  /** Applies the difference between two configurations to the running chat. */
  function applyChange(previous: ChatConfig, next: ChatConfig, previousOptions: ChatOptions): void {
    if (previousOptions.conversationName !== chatOptions.conversationName) draft.leaveConversation();
    if (!isSameIdentity(previous.identity, next.identity)) {
      controller.stop();
      notify({ type: 'identity-changed', cause: 'configured' });
    } else if (
      !isSamePresentation(previous.presentation, next.presentation) ||
      !hasSameMountOptions(previousOptions, chatOptions) ||
      !isSame(headFor(previous, previousOptions), headFor(next, chatOptions))
    ) {
      controller.recreateFrame();
    } else if (!isSame(previousOptions, chatOptions)) {
      controller.applyOptions(chatOptions);
    }
    if (isSameIdentity(previous.identity, next.identity) && previous.conversationId !== next.conversationId)
      controller.moveTo(next.conversationId);
    // Another function may return another visitor's tokens.
    if (previous.identity.tokenProvider.getToken !== next.identity.tokenProvider.getToken) controller.handleReplacement();
  }

  return {
    controller,
    preload: (input, options = {}) => {
      const parsed = parseConfig(input, window.document.baseURI);
      if (parsed.ok) preloader.prepare(headFor(parsed.value, options));
    },
    configure: (input, options = {}) => {
      const parsed = parseConfig(input, window.document.baseURI);
      if (!parsed.ok) return controller.invalidate(parsed.error);
      const previous = config;
      const previousOptions = chatOptions;
      config = parsed.value;
      chatOptions = options;
      if (previous !== undefined) applyChange(previous, config, previousOptions);
      controller.start();
    },
    dispose: () => {
      controller.leave();
      authSync.stop();
      preloader.discard();
      page.stop();
      channel.close();
      return draft;
    },
  };
}

/** Options that the chat reads only when it is mounted: the conversation's name and the headers of API requests. */
function hasSameMountOptions(one: ChatOptions, other: ChatOptions): boolean {
  return one.conversationName === other.conversationName && isSame(one.requestHeaders, other.requestHeaders);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
