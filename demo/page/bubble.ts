import type { PageLanguage } from '../site/page-language.js';
import { find } from './find.js';
import type { Account, PreviewConfig } from './host-client.js';
import { tokenEndpointOf, type TokenMode } from './token-mode.js';

/** The visitor and token mode of the bubble; a new mode creates a new bubble. */
export interface BubbleVisitor {
  readonly side: string;
  readonly account: Account | null;
  readonly tokenMode: TokenMode;
}

/** The switch "Or see it as a bubble": a second chat in the corner of this page, for the visitor of one pane. */
export class Bubble {
  readonly #config: PreviewConfig;
  readonly #language: PageLanguage;
  readonly #switch = find<HTMLButtonElement>('#bubble-switch');
  #chat: HTMLElement | undefined;
  #visitor: BubbleVisitor;

  constructor(config: PreviewConfig, language: PageLanguage, visitor: BubbleVisitor) {
    this.#config = config;
    this.#language = language;
    this.#visitor = visitor;
    this.#switch.addEventListener('click', () => this.#toggle());
  }

  /** Switches the bubble to the pane's present visitor. */
  serve(visitor: BubbleVisitor): void {
    this.#visitor = visitor;
    if (this.#chat === undefined) return;
    this.#chat.remove();
    this.#chat = this.#createChat();
  }

  #toggle(): void {
    this.#chat?.remove();
    this.#chat = this.#chat === undefined ? this.#createChat() : undefined;
    this.#switch.setAttribute('aria-checked', String(this.#chat !== undefined));
  }

  #createChat(): HTMLElement {
    const { side, account, tokenMode } = this.#visitor;
    const chat = document.createElement('coze-chat');
    chat.setAttribute('mode', 'bubble');
    chat.setAttribute('heading', 'Tidewater Coffee');
    chat.setAttribute('locale', this.#language);
    chat.setAttribute('token-endpoint', tokenEndpointOf(side, tokenMode));
    chat.setAttribute('api-base-url', this.#config.apiBaseUrl);
    chat.setAttribute('bot-id', this.#config.botIds[this.#language]);
    if (account !== null) {
      chat.setAttribute('user-id', account.id);
      chat.setAttribute('user-name', account.name);
      chat.setAttribute('user-avatar', account.avatar);
    }
    document.body.append(chat);
    return chat;
  }
}
