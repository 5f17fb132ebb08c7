/** Owns the chat of an element: loads its code when a chat is first wanted, and removes the chat when the element leaves the page. */
import { invalidConfiguration } from '../../config/configuration-problem.js';
import { identityKey, isIdentityProperty, missingProperty } from '../../config/identity.js';
import { CozeChatError } from '../../core/chat-error.js';
import type { Problem } from '../../core/errors.js';
import { unexpectedProblem } from '../../core/unexpected.js';
import { toKebabCase } from '../../core/values/kebab-case.js';
import { requestEarly } from '../../session/early-request.js';
import type { KeptDraft } from '../../session/kept-draft.js';
import type { SessionController } from '../../session/session-controller.js';
import type { SessionStatus } from '../../session/session-state.js';
import type { EarlyRequest } from '../../token/request/post-token-request.js';
import type { ConsentGate } from '../consent/consent-gate.js';
import type { ChatLoading } from '../properties/enumerated.js';
import { readStored } from '../ui/storage-read.js';
import type { ChatController, ChatControllerOptions } from './chat-controller.js';

/**
 * The most that was requested so far. `idle`: nothing; `preloading`: the code, ahead of time; `loading`: a chat, whose state is in the
 * session; `unavailable`: a chat whose code could not be loaded.
 */
type LoadPhase = 'idle' | 'preloading' | 'loading' | 'unavailable';

/** Browsers set no limit to a response that stalls. On a slow network the code may still come later: Retry then finds it. */
const LOAD_MS = 60_000;

/**
 * Rejects if the code does not come in time, is missing, or threw while it was evaluated: the page may have changed built-in objects.
 */
function inTime<T>(coming: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void =>
      reject(new CozeChatError({ code: 'frame_unavailable', message: `The code could not be loaded: ${String(cause)}`, retryable: true }));
    const timer = setTimeout(fail, LOAD_MS, 'timeout');
    void coming.then(resolve, fail).then(() => clearTimeout(timer));
  });
}

export class LazyChat {
  readonly #options: ChatControllerOptions;
  #phase: LoadPhase = 'idle';
  #loading: Promise<void> | undefined;
  #controller: ChatController | undefined;
  /** The reason for which there is no controller, in the phase `unavailable`. */
  #problem!: Problem;
  /** The visitor's draft from before the element left the page. */
  #draft: KeptDraft | undefined;
  #identityKey: string | number;
  /** Incremented when the chat becomes another visitor's; pending commands of an older version reject with `interrupted`. */
  #identityVersion = 0;
  /** The token request that was sent while the code was loading. */
  #early: EarlyRequest | undefined;
  /** Whether `signOut()` was called, without a later `reload()`, other visitor or removal. A chat that starts is then signed out. */
  #isSignedOut = false;
  /** Replaces the chat until the visitor has agreed. Loaded when a chat is wanted before that. */
  #gate: ConsentGate | undefined;

  constructor(options: ChatControllerOptions) {
    this.#options = options;
    this.#identityKey = identityKey(options.host);
  }

  /** `undefined` until the code is loaded. */
  get controller(): ChatController | undefined {
    return this.#controller;
  }

  get status(): SessionStatus {
    if (this.#controller !== undefined && this.#phase !== 'preloading') return this.#controller.session.state.status;
    if (this.#phase === 'loading') return 'authorizing';
    return this.#phase === 'unavailable' ? 'failed' : 'idle';
  }

  /** Updates the chat from the element's properties once it is wanted. Until then its code may be loaded, but no token is requested. */
  sync(isWanted: boolean, loading?: ChatLoading): void {
    if (this.#awaitsConsent) {
      if (this.#phase === 'unavailable') return;
      if (this.#phase !== 'idle') this.stop();
      if (isWanted) this.#loadGate().catch((problem: CozeChatError) => this.#giveUp(problem));
      return;
    }
    if (isWanted) this.#beginLoading();
    if (this.#phase === 'loading') this.#configure();
    else if (this.#phase !== 'unavailable') this.#preload(loading);
  }

  /** Runs `command` in the present visitor's chat. Rejects with a {@link CozeChatError}. */
  async run<T>(command: (session: SessionController) => Promise<T>): Promise<T> {
    const { host } = this.#options;
    const identityVersion = this.#identityVersion;
    if (this.#awaitsConsent) await this.#loadGate().then(async (gate) => identityVersion === this.#identityVersion && gate.decided);
    // An element outside the document gets no chat, because nothing would remove it. `updateComplete` resolves when the element is first in the
    // document.
    if (!host.isConnected) await host.updateComplete;
    if (host.isConnected && (this.#phase === 'idle' || this.#phase === 'preloading')) {
      this.#beginLoading();
      host.requestUpdate();
    }
    await host.updateComplete;
    await this.#loading;
    if (identityVersion !== this.#identityVersion || !host.isConnected) throw interrupted();
    if (this.#controller === undefined) throw new CozeChatError(this.#problem);
    return command(this.#controller.session);
  }

  /** Removes the former visitor's chat at once, not with the next render. */
  handlePropertyChange(name: PropertyKey): void {
    if (!isIdentityProperty(name)) return;
    const key = identityKey(this.#options.host);
    if (key === this.#identityKey) return;
    this.#identityKey = key;
    this.#isSignedOut = false;
    this.#interrupt();
    this.#draft = undefined;
    this.#controller?.session.stop();
  }

  async refreshToken(): Promise<void> {
    if (this.#phase === 'loading') await this.run((session) => session.refreshToken());
  }

  signOut(): void {
    this.#interrupt();
    this.#isSignedOut = true;
    // A session that has not started is signed out when it starts.
    if (this.status !== 'idle') this.#controller?.signOut();
  }

  reload(): void {
    this.#interrupt();
    this.#isSignedOut = false;
    this.#options.reporter.reset();
    this.#controller?.session.reauthorize();
    this.#retryLoading();
  }

  async withdrawConsent(): Promise<void> {
    // Forgotten first, because loading the gate may fail.
    this.#controller?.forgetConsent();
    (await this.#loadGate()).withdraw();
  }

  /** Removes the chat; {@link sync} starts again. */
  stop(): void {
    this.#identityVersion++;
    this.#isSignedOut = false;
    this.#gate?.release();
    removeEventListener('online', this.#retryLoading);
    this.#draft = this.#controller?.dispose();
    this.#controller = undefined;
    this.#setPhase('idle');
  }

  /** Handles an unexpected exception: removes the chat, and lets the visitor retry. */
  fail(cause: unknown): void {
    const controller = this.#controller;
    this.#controller = undefined;
    this.#giveUp(unexpectedProblem(cause));
    this.#draft = controller?.dispose();
  }

  #interrupt(): void {
    this.#identityVersion++;
    this.#gate?.release();
    this.#dropEarly();
  }

  #dropEarly(): void {
    this.#early?.abort();
    this.#early = undefined;
  }

  #setPhase(phase: LoadPhase): void {
    this.#phase = phase;
    this.#options.host.requestUpdate();
  }

  /** The question that replaces the chat, once its code is loaded. */
  get question(): HTMLElement | undefined {
    return this.#awaitsConsent ? this.#gate?.update() : undefined;
  }

  /** `consent` with any value counts as `required`, so that a typing error cannot start a chat without consent. */
  get #awaitsConsent(): boolean {
    const { host } = this.#options;
    return (
      (host.consent !== '' || host.hasAttribute('consent')) &&
      !(this.#gate ? this.#gate.isGiven() : readStored('localStorage', 'consent', host))
    );
  }

  async #loadGate(): Promise<ConsentGate> {
    const { ConsentGate } = await inTime(import('../consent/consent-gate.js'));
    return (this.#gate ??= new ConsentGate(this.#options.host));
  }

  #beginLoading(): void {
    if (this.#awaitsConsent) return;
    if (this.#phase === 'loading' || this.#phase === 'unavailable') return;
    this.#setPhase('loading');
    if (this.#controller !== undefined) return;
    // A request may be left from before the element was removed and added again.
    if (!this.#isSignedOut) this.#early ??= requestEarly(this.#options.host);
    this.#loading = this.#load();
  }

  /** `eager`: microtask; `idle`: idle callback; `intent`: idle callback too if the panel was open earlier in this tab. */
  #preload(loading: ChatLoading | undefined): void {
    // Reported before the first click. The code that is loaded later validates all properties.
    const missing = missingProperty(this.#options.host);
    if (missing !== undefined) this.#options.reporter.report(invalidConfiguration(`${toKebabCase(missing)} is missing`));
    const isLikely = loading === 'intent' && readStored('sessionStorage', 'open', this.#options.host) !== null;
    // eslint-disable-next-line compat/compat -- Safari has a timeout instead.
    const whenIdle = loading === 'idle' || isLikely ? (globalThis.requestIdleCallback ?? setTimeout) : undefined;
    const schedule = loading === 'eager' ? queueMicrotask : whenIdle;
    if (this.#phase === 'preloading' || schedule === undefined) return;
    this.#phase = 'preloading';
    schedule(() => {
      if (this.#phase === 'preloading') this.#loading = this.#load();
    });
  }

  async #load(): Promise<void> {
    const loaded = await inTime(import('./chat-controller.js')).catch((problem: CozeChatError) => {
      // A failed preload is repeated when the chat is wanted.
      if (this.#phase !== 'loading') return;
      addEventListener('online', this.#retryLoading);
      this.#giveUp(problem);
    });
    if (this.#phase === 'idle') return this.#dropEarly();
    if (!loaded) return;
    try {
      const controller = (this.#controller ??= new loaded.ChatController(this.#options, this.#draft, this.#takeEarly));
      this.#options.host.requestUpdate();
      if (this.#phase === 'preloading') return controller.preload();
      this.#configure();
      // Aborts the early request if the session has not taken it.
      this.#dropEarly();
    } catch (cause) {
      this.fail(cause);
    }
  }

  #giveUp(problem: Problem): void {
    this.#dropEarly();
    this.#problem = problem;
    // Only once, since the render itself may have failed.
    if (this.#phase !== 'unavailable') this.#setPhase('unavailable');
    this.#options.reporter.report(problem);
  }

  #configure(): void {
    this.#controller?.configure();
    if (this.#isSignedOut && this.status === 'authorizing') this.#controller?.signOut();
  }

  readonly #takeEarly = (): EarlyRequest | undefined => {
    const early = this.#early;
    this.#early = undefined;
    return early?.take() ? early : undefined;
  };

  /** Ends the phase `unavailable`. Does nothing if a chat has started in the meantime. */
  readonly #retryLoading = (): void => {
    if (this.#phase !== 'unavailable') return;
    this.#options.reporter.reset();
    this.#setPhase('idle');
  };
}

function interrupted(): CozeChatError {
  return new CozeChatError({ code: 'interrupted', message: 'The chat it was meant for is gone.', retryable: true });
}
