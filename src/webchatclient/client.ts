/** Coze's `WebChatClient`, with the same names, built on `<coze-chat>`. */
import type { CozeChatElement } from '../element/coze-chat-element.js';
import type { Callback, ChatSettings } from './chat-settings.js';
import type { WebChatClientOptions } from './client-options.js';
import { hideLauncher, WITHOUT_LAUNCHER } from './launcher-style.js';
import { readOptions } from './read-options.js';
import { findTokenSource, type TokenSource } from './token-source.js';

/** The page on which clients are created, and the settings of the script element for all of them. */
export interface ClientPage {
  readonly document: Document;
  /** The `data-*` attributes of the script element, under the names of the element's attributes. An option overrides them. */
  readonly attributes: Readonly<Record<string, string>>;
  /** URL of the token endpoint beside the script, if it has the page's origin; otherwise `''`. */
  readonly endpointBeside: string;
  readonly nonce: string;
  /** In [0, 1). */
  readonly random: () => number;
  /** Warns the page's author. */
  readonly warn: (sentence: string) => void;
  /** Reports an error that a callback of the page has thrown. */
  readonly reportError: (error: unknown) => void;
}

/** One chat on the page. */
export interface WebChatClient {
  /** The client's name. */
  readonly chatClientId: string;
  /** The options as they were passed, with an empty `auth.token`. */
  readonly options: WebChatClientOptions;
  /** The client's name. Coze's client uses it for its messages. */
  readonly senderName: string;
  /** Always `undefined`: a client has no token. */
  readonly authClient: undefined;
  /** Ours: the chat's element, for everything that Coze's client lacks; `undefined` if it could not be created. */
  readonly element: CozeChatElement | undefined;
  /** Opens the chat, unless `onBeforeShow` keeps it closed. */
  showChatBot(): void;
  /** Closes the chat, unless `onBeforeHide` keeps it open. */
  hideChatBot(): void;
  /** Removes the chat from the page for good. */
  destroy(): void;
  /**
   * Changes the language of the chat. Coze's newest client has no such method; in ours, the element's `locale` may change at any time.
   *
   * @param language a BCP 47 tag, for example `zh-CN`
   */
  setLang(language: string): void;
  /** Resolves with the result of `auth.onRefreshToken`; with `''` if there is none, because no script of the page needs the token. */
  getToken(): Promise<unknown>;
}

/** See {@link WebChatClient}. */
export interface WebChatClientClass {
  new (options: WebChatClientOptions): WebChatClient;
  /** The clients on the page. */
  readonly clients: WebChatClient[];
}

/** Begins each warning with the name of Coze's client, by which the page's author can find the warning. */
const CLIENT = 'WebChatClient: ';

export function createWebChatClient(page: ClientPage): WebChatClientClass {
  const warned: Record<string, true> = {};
  const warn = (sentence: string): void => {
    if (warned[sentence]) return;
    warned[sentence] = true;
    page.warn(`${CLIENT}${sentence}`);
  };

  return class Client implements WebChatClient {
    static readonly clients: WebChatClient[] = [];
    readonly chatClientId = `coze-chat-${page.random().toString(36).slice(2)}`;
    readonly senderName = this.chatClientId;
    readonly authClient = undefined;
    readonly options: WebChatClientOptions;
    readonly element: CozeChatElement | undefined;
    readonly #settings: ChatSettings;
    #isShowing = false;

    constructor(options: WebChatClientOptions) {
      this.options = withoutToken(options);
      const settings = readOptions(options, page.document.baseURI, warn);
      this.#settings = settings;
      const { 'token-endpoint': scriptEndpoint = '' } = page.attributes;
      const source = findTokenSource(settings, { scriptEndpoint, endpointBeside: page.endpointBeside, warn });
      if ('refused' in source) return;
      this.element = this.#createElement(source);
      Client.clients.push(this);
      // A container without a launcher stays empty until `showChatBot()` is called.
      if (settings.container === undefined || settings.hasLauncher) this.#place();
    }

    showChatBot(): void {
      this.#change('onBeforeShow', () => this.#show());
    }

    hideChatBot(): void {
      this.#change('onBeforeHide', () => this.#hide());
    }

    destroy(): void {
      this.element?.remove();
      const index = Client.clients.indexOf(this);
      if (index >= 0) Client.clients.splice(index, 1);
    }

    setLang(language: string): void {
      this.element?.setAttribute('locale', language);
    }

    async getToken(): Promise<unknown> {
      const { onRefreshToken } = this.#settings;
      if (onRefreshToken !== undefined) return onRefreshToken('');
      warn('getToken() gives no token: no script of the page needs it.');
      return '';
    }

    #createElement(source: Exclude<TokenSource, { readonly refused: true }>): CozeChatElement {
      const { document, nonce } = page;
      const { attributes, chatOptions, styles, hasLauncher, container } = this.#settings;
      const element = document.createElement('coze-chat');
      for (const [name, value] of Object.entries({ ...page.attributes, ...attributes })) element.setAttribute(name, value);
      // The element takes over properties that are set before its code is loaded.
      if ('getToken' in source) element.getToken = source.getToken;
      else element.setAttribute('token-endpoint', source.tokenEndpoint);
      element.chatOptions = chatOptions;
      if (nonce !== '') element.nonce = nonce;
      // As in Coze's client, a chat is closed at first on each page.
      element.setAttribute('forget-open', '');
      // Keeps the element out of Turbo's copy of the page: when the visitor goes back to it, the page's script creates another chat.
      element.setAttribute('data-turbo-temporary', '');
      for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value);
      if (!hasLauncher && container === undefined) {
        element.setAttribute(WITHOUT_LAUNCHER, '');
        hideLauncher(document, nonce);
      }
      this.#listen(element);
      return element;
    }

    /** Calls the callbacks also if the launcher or the keyboard opens and closes the chat. */
    #listen(element: CozeChatElement): void {
      const { onShow, onHide } = this.#settings.callbacks;
      const guard = (name: 'onBeforeShow' | 'onBeforeHide', proceed: () => void) => (event: Event) => {
        if (this.#settings.callbacks[name] === undefined) return;
        event.preventDefault();
        this.#change(name, proceed);
      };
      element.addEventListener(
        'coze-before-show',
        guard('onBeforeShow', () => this.#show()),
      );
      element.addEventListener(
        'coze-before-hide',
        guard('onBeforeHide', () => this.#hide()),
      );
      element.addEventListener('coze-show', () => this.#run(onShow));
      element.addEventListener('coze-hide', () => this.#run(onHide));
    }

    /** Appends the element. A script in the page's head runs before the body exists. */
    #place(): void {
      const { element } = this;
      const { document } = page;
      const { container } = this.#settings;
      if (element === undefined || Client.clients.indexOf(this) < 0) return;
      if (container === undefined) {
        if (document.body === null) document.addEventListener('DOMContentLoaded', () => this.#place(), { once: true });
        else document.body.appendChild(element);
        return;
      }
      // In a container with a height, the chat has that height; otherwise it has its own.
      if (container.clientHeight > MIN_HEIGHT) element.style.setProperty('--coze-chat-height', '100%');
      container.appendChild(element);
      this.#isShowing = true;
    }

    #show(): void {
      const { element } = this;
      if (element === undefined) return;
      if (this.#settings.container === undefined) {
        element.open = true;
        return;
      }
      const wasShowing = this.#isShowing;
      if (!element.isConnected) this.#place();
      element.hidden = false;
      this.#isShowing = true;
      if (!wasShowing) this.#run(this.#settings.callbacks.onShow);
    }

    #hide(): void {
      const { element } = this;
      if (element === undefined) return;
      if (this.#settings.container === undefined) {
        element.open = false;
        return;
      }
      const wasShowing = this.#isShowing;
      element.hidden = true;
      this.#isShowing = false;
      if (wasShowing) this.#run(this.#settings.callbacks.onHide);
    }

    /** Waits for the page's callback. Calls `proceed` unless the result is `false`. */
    #change(name: 'onBeforeShow' | 'onBeforeHide', proceed: () => void): void {
      const decide = async (): Promise<void> => {
        if ((await this.#settings.callbacks[name]?.()) === false) return;
        if (Client.clients.indexOf(this) >= 0) proceed();
      };
      decide().catch(page.reportError);
    }

    #run(callback: Callback | undefined): void {
      try {
        callback?.();
      } catch (error) {
        page.reportError(error);
      }
    }
  };
}

/** In CSS pixels. A smaller height may be that of an empty element. */
const MIN_HEIGHT = 100;

function withoutToken(options: WebChatClientOptions): WebChatClientOptions {
  const { auth } = options ?? {};
  return auth?.token === undefined ? options : { ...options, auth: { ...auth, token: '' } };
}
