/** The chat behind an element: loaded when it is first wanted, gone when the element leaves the page. */
import { CozeChatError } from '../../core/chat-error.js';
import type { ErrorCode } from '../../core/errors.js';
import type { ChatLoading } from '../properties/enumerated.js';
import type { LiveChat, LiveChatOptions } from './chat-controller.js';
import { recall } from '../ui/storage-read.js';

export class ChatOnDemand {
  readonly #options: LiveChatOptions;
  #live: LiveChat | undefined;
  /** Grows when the element leaves the page for good; what was begun before is then no longer wanted. */
  #life = 0;
  #isWanted = false;
  #isReadied = false;
  /** Grows with every visitor, as far as the element is told. */
  #visitor = 0;
  #loading: Promise<void> | undefined;
  /** Said before there was a chat to sign out of. */
  #isSignOutDue = false;

  constructor(options: LiveChatOptions) {
    this.#options = options;
  }

  /** `undefined` until it is loaded. */
  get live(): LiveChat | undefined {
    return this.#live;
  }

  /** Brings the chat in line with the element's properties, once it is wanted; until then its code may come, but no token is asked for. */
  sync(isWanted: boolean, loading?: ChatLoading): void {
    this.#isWanted ||= isWanted;
    if (!this.#isWanted) this.#getReady(loading);
    else if (this.#live !== undefined) this.#live.configure();
    else if (this.#options.host.status === 'idle') this.#loading = this.#load();
  }

  /** The chat of the visitor who is there now. */
  async summon(): Promise<LiveChat> {
    const { host } = this.#options;
    const visitor = this.#visitor;
    this.#isWanted = true;
    host.requestUpdate();
    await host.updateComplete;
    await this.#loading;
    if (this.#live !== undefined && visitor === this.#visitor) return this.#live;
    throw new CozeChatError({ code: 'interrupted', message: 'Its chat is gone.', retryable: true });
  }

  /** The former visitor's chat goes at once. */
  changeVisitor(): void {
    this.#isSignOutDue = false;
    this.#visitor++;
    this.#live?.stop();
  }

  signOut(): void {
    this.#visitor++;
    if (this.#live === undefined) this.#isSignOutDue = true;
    else this.#live.signOut();
  }

  reload(): void {
    const { host, onStatus, reports } = this.#options;
    this.#isSignOutDue = false;
    reports.settle();
    if (this.#live !== undefined) this.#live.reload();
    else if (host.status === 'failed') onStatus('idle');
  }

  /** Leaves nothing behind; {@link sync} starts anew. */
  end(): void {
    this.#life++;
    this.#visitor++;
    this.#live?.dispose();
    this.#live = undefined;
    this.#isWanted = this.#isReadied = false;
    this.#options.onStatus('idle');
  }

  /** As the page wants it; and when there is time, where the chat was open on a page before. */
  #getReady(loading: ChatLoading | undefined): void {
    this.#checkEarly();
    const isLikely = loading === 'intent' && recall('sessionStorage', 'open', this.#options.host) !== null;
    const whenIdle = loading === 'idle' || isLikely ? (globalThis.requestIdleCallback ?? setTimeout) : undefined;
    const later = loading === 'eager' ? queueMicrotask : whenIdle;
    if (this.#isReadied || later === undefined) return;
    this.#isReadied = true;
    later(() => void (this.#options.host.isConnected && this.#load()));
  }

  /** The full check comes with the chat; what is plainly missing is said before anybody clicks. */
  #checkEarly(): void {
    const { appId, botId, getToken, tokenEndpoint } = this.#options.host;
    const missing = botId || appId ? (tokenEndpoint || getToken ? '' : 'token-endpoint') : 'bot-id';
    if (missing) this.#report('invalid_configuration', `<coze-chat>: ${missing} is missing.`);
  }

  #report(code: ErrorCode, message: string): void {
    this.#options.reports.report({ code, message, retryable: code === 'frame_unavailable' });
  }

  async #load(): Promise<void> {
    const { host, onStatus } = this.#options;
    const life = this.#life;
    if (this.#isWanted) onStatus('authorizing');
    const loaded = await import('./chat-controller.js').catch(() => undefined);
    if (life !== this.#life) return;
    // What was only to be ready earlier is tried again when it is wanted.
    if (loaded === undefined) {
      if (!this.#isWanted) return;
      onStatus('failed');
      addEventListener('online', () => this.#live ?? this.reload(), { once: true });
      return this.#report('frame_unavailable', 'chat-controller.js could not be loaded.');
    }
    this.#live ??= new loaded.LiveChat(this.#options);
    if (!this.#isWanted) return this.#live.prepare();
    this.#live.configure();
    if (this.#isSignOutDue) this.#live.signOut();
    this.#isSignOutDue = false;
    host.requestUpdate();
  }
}
