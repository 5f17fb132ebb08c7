/** The chat behind an element: loaded when it is first wanted, gone when the element leaves the page. */
import { CozeChatError } from '../../core/chat-error.js';
import type { ErrorCode } from '../../core/errors.js';
import type { ChatLoading } from '../properties/enumerated.js';
import type { ChatController, ChatControllerOptions } from './chat-controller.js';
import { readStored } from '../ui/storage-read.js';

export class LazyChat {
  readonly #options: ChatControllerOptions;
  #controller: ChatController | undefined;
  /** Grows when the element leaves the page for good; what was begun before is then no longer wanted. */
  #generation = 0;
  #isWanted = false;
  #hasPreloaded = false;
  /** Grows with every visitor, as far as the element is told. */
  #identityVersion = 0;
  #loading: Promise<void> | undefined;
  /** Said before there was a chat to sign out of. */
  #pendingSignOut = false;

  constructor(options: ChatControllerOptions) {
    this.#options = options;
  }

  /** `undefined` until it is loaded. */
  get controller(): ChatController | undefined {
    return this.#controller;
  }

  /** Brings the chat in line with the element's properties, once it is wanted; until then its code may come, but no token is asked for. */
  sync(isWanted: boolean, loading?: ChatLoading): void {
    this.#isWanted ||= isWanted;
    if (!this.#isWanted) this.#preload(loading);
    else if (this.#controller !== undefined) this.#controller.configure();
    else if (this.#options.host.status === 'idle') this.#loading = this.#load();
  }

  /** The chat of the visitor who is there now. */
  async whenLoaded(): Promise<ChatController> {
    const { host } = this.#options;
    const visitor = this.#identityVersion;
    this.#isWanted = true;
    host.requestUpdate();
    await host.updateComplete;
    await this.#loading;
    if (this.#controller !== undefined && visitor === this.#identityVersion) return this.#controller;
    throw new CozeChatError({ code: 'interrupted', message: 'Its chat is gone.', retryable: true });
  }

  /** The former visitor's chat goes at once. */
  resetForIdentity(): void {
    this.#pendingSignOut = false;
    this.#identityVersion++;
    this.#controller?.stop();
  }

  signOut(): void {
    this.#identityVersion++;
    if (this.#controller === undefined) this.#pendingSignOut = true;
    else this.#controller.signOut();
  }

  reload(): void {
    const { host, onStatus, reports } = this.#options;
    this.#pendingSignOut = false;
    reports.reset();
    if (this.#controller !== undefined) this.#controller.reload();
    else if (host.status === 'failed') onStatus('idle');
  }

  /** Leaves nothing behind; {@link sync} starts anew. */
  end(): void {
    this.#generation++;
    this.#identityVersion++;
    this.#controller?.dispose();
    this.#controller = undefined;
    this.#isWanted = this.#hasPreloaded = false;
    this.#options.onStatus('idle');
  }

  /** As the page wants it; and when there is time, where the chat was open on a page before. */
  #preload(loading: ChatLoading | undefined): void {
    this.#checkEarly();
    const isLikely = loading === 'intent' && readStored('sessionStorage', 'open', this.#options.host) !== null;
    const whenIdle = loading === 'idle' || isLikely ? (globalThis.requestIdleCallback ?? setTimeout) : undefined;
    const later = loading === 'eager' ? queueMicrotask : whenIdle;
    if (this.#hasPreloaded || later === undefined) return;
    this.#hasPreloaded = true;
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
    const life = this.#generation;
    if (this.#isWanted) onStatus('authorizing');
    const loaded = await import('./chat-controller.js').catch(() => undefined);
    if (life !== this.#generation) return;
    // What was only to be ready earlier is tried again when it is wanted.
    if (loaded === undefined) {
      if (!this.#isWanted) return;
      onStatus('failed');
      addEventListener('online', () => this.#controller ?? this.reload(), { once: true });
      return this.#report('frame_unavailable', 'chat-controller.js could not be loaded.');
    }
    this.#controller ??= new loaded.ChatController(this.#options);
    if (!this.#isWanted) return this.#controller.prepare();
    this.#controller.configure();
    if (this.#pendingSignOut) this.#controller.signOut();
    this.#pendingSignOut = false;
    host.requestUpdate();
  }
}
