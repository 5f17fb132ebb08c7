/** Runs what the session's state calls for: one token source and at most one chat frame per generation. */
import { CozeChatError } from '../core/chat-error.js';
import { ErrorCode, type Problem } from '../core/errors.js';
import type { ChatFrame } from '../frame/host/chat-frame.js';
import type { ChatEvent, ChatApi, ChatMessage, HostApi } from '../frame/contract.js';
import type { ChatOptions } from '../config/chat-options.js';
import type { AccessTokenSource } from '../token/source/access-token-source.js';
import type { TokenSubject, TokenUpdate } from '../token/source/token-update.js';
import { CommandQueue } from './command-queue.js';
import { FrameRetry, type FrameRetryOptions } from './frame-retry.js';
import { type SessionEvent, type SessionState, hasFrame, initialState, transition } from './session-state.js';

export interface SessionEffects extends FrameRetryOptions {
  /** A source for the identity as configured now. Not started. `owner` is whose tokens they have to be, when that is known. */
  createSource(onUpdate: (update: TokenUpdate) => void, owner: TokenSubject | undefined): AccessTokenSource;
  /** A frame with the settings as configured now. `subject` is the backend's fingerprint of the visitor, if it gives one. */
  createFrame(host: HostApi, subject: string | undefined): ChatFrame;
  readonly onState: (state: SessionState, previous: SessionState) => void;
  readonly onToken: (update: TokenUpdate) => void;
  readonly onMessage: (message: ChatMessage) => void;
  /** An answer failed; the chat goes on. */
  readonly onReplyFailed: (problem: Problem) => void;
  /** Whether the chat may go on as it would. */
  readonly onEvent: (activity: ChatEvent) => boolean;
  readonly onEscape: () => void;
  /** The backend's session belongs to somebody else than before. */
  readonly onSubjectChanged: () => void;
}

const frameNotCreated: Problem = {
  code: ErrorCode.FrameUnavailable,
  message: 'The chat frame could not be created. Check the trusted-types directive of the page’s CSP.',
  retryable: true,
};

const notSignedIn: Problem = { code: ErrorCode.SignedOut, message: 'Nobody is signed in.', retryable: true };

export class SessionController {
  readonly #effects: SessionEffects;
  readonly #retry: FrameRetry;
  #state: SessionState = initialState;
  #source: AccessTokenSource | undefined;
  #frame: ChatFrame | undefined;
  #chatApi: ChatApi | undefined;
  readonly #commands = new CommandQueue();
  /** Whom the chat was taken away from, until it is known who looks now. */
  #suspendedSubject: string | undefined;

  constructor(effects: SessionEffects) {
    this.#effects = effects;
    this.#retry = new FrameRetry(effects);
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Whom the present tokens belong to, as far as the backend tells. */
  get subject(): string | undefined {
    return this.#source?.subject;
  }

  /** The chat is wanted. */
  start(): void {
    this.#dispatch({ type: 'started' });
  }

  /** The chat is not wanted any more. Synchronous: afterwards no frame, no token, no request is left. */
  stop(): void {
    this.#suspendedSubject = undefined;
    this.#dispatch({ type: 'stopped' });
  }

  /** Somebody else is, or may be, in front of the screen; also a fresh start after a failure. Synchronous like {@link stop}. */
  reauthorize(): void {
    this.#dispatch({ type: 'identity-changed' });
  }

  /** {@link reauthorize}, unless nobody is signed in anyway. */
  suspend(): void {
    this.#suspendedSubject ??= this.subject;
    this.#dispatch({ type: 'doubted' });
  }

  signOut(): void {
    this.#suspendedSubject = undefined;
    this.#dispatch({ type: 'signed-out' });
  }

  /** Same visitor, other settings: builds the frame anew with the token at hand. */
  recreateFrame(): void {
    this.#dispatch({ type: 'frame-outdated' });
  }

  /** Same visitor, other options: tells the chat; one that is not ready has nothing to lose and is built anew. */
  applyOptions(options: ChatOptions): void {
    if (this.#chatApi === undefined) this.recreateFrame();
    else this.#chatApi.configure(options);
  }

  /** Asks for a new token now. Resolves when the answer is in. */
  async refreshToken(): Promise<void> {
    await this.#source?.refresh();
  }

  /**
   * Runs `command` once the chat is ready, after those before it. Rejects with a {@link CozeChatError} when this visitor's chat goes
   * first, or is not to be had.
   */
  command<T>(command: (controls: ChatApi) => Promise<T>): Promise<T> {
    const problem = blockingProblem(this.#state);
    return problem === undefined ? this.#commands.add(command) : Promise.reject(new CozeChatError(problem));
  }

  /** The page is looked at again, perhaps by somebody else. */
  handleVisible(): void {
    this.#source?.revalidateSubject();
    this.retryNow();
  }

  /** Something may work that did not. A visitor who was signed out may have signed in elsewhere. */
  retryNow(): void {
    if (this.#state.status === 'signed-out') void this.refreshToken();
    else this.#source?.retryNow();
    this.#retry.wake();
  }

  #dispatch(event: SessionEvent): void {
    const previous = this.#state;
    const state = transition(previous, event);
    if (state === previous) return;
    this.#state = state;

    const isOtherLife = state.generation !== previous.generation;
    if (isOtherLife || state.status === 'ready') this.#retry.reset();
    if (isOtherLife) this.#removeSource();
    if (isOtherLife || state.frame !== previous.frame || !hasFrame(state)) this.#removeFrame();
    if (isOtherLife) this.#commands.rejectAll();
    const problem = blockingProblem(state);
    if (problem !== undefined) this.#commands.rejectAll(problem);

    this.#effects.onState(state, previous);
    // A listener may have moved the session on; what this state called for is then no longer wanted.
    if (this.#state !== state) return;
    if (state.status === 'authorizing') this.#createSource(state.generation, state.expectedSubject);
    if (state.status === 'loading' && this.#source !== undefined) this.#createFrame(state, this.#source);
  }

  #createSource(generation: number, owner: TokenSubject | undefined): void {
    this.#source = this.#effects.createSource((update) => this.#onToken(update, generation), owner);
    this.#source.start();
  }

  #onToken(update: TokenUpdate, generation: number): void {
    if (generation !== this.#state.generation) return;
    this.#effects.onToken(update);
    switch (update.phase) {
      case 'requested':
        return this.#dispatch({ type: 'token-requested', generation });
      case 'issued':
        this.#dispatch({ type: 'token-arrived', generation });
        return this.#resolveSuspension(update.subject);
      case 'refreshed':
        return this.#dispatch({ type: 'token-arrived', generation });
      case 'failed':
        return this.#dispatch({ ...update, type: 'token-failed', generation });
      case 'foreign':
        this.#suspendedSubject = undefined;
        this.#dispatch({ type: 'identity-detected', generation, owner: { subject: update.subject } });
        return this.#effects.onSubjectChanged();
    }
  }

  #resolveSuspension(subject: string | undefined): void {
    const doubted = this.#suspendedSubject;
    this.#suspendedSubject = undefined;
    if (doubted !== undefined && doubted !== subject) this.#effects.onSubjectChanged();
  }

  /** Every function handed to the frame goes dead with it, whatever the frame's code still does. */
  #createFrame({ generation, frame }: SessionState, source: AccessTokenSource): void {
    const isCurrent = (): boolean => this.#state.frame === frame && hasFrame(this.#state);
    const whileCurrent = async (ask: () => Promise<string>): Promise<string> => {
      const token = isCurrent() ? await ask() : '';
      return isCurrent() ? token : '';
    };
    const host: HostApi = {
      getAccessToken: () => whileCurrent(() => source.getToken()),
      refreshAccessToken: (refused) => whileCurrent(() => source.refreshAfterRejection(refused)),
      onReady: (controls) => {
        this.#dispatch({ type: 'frame-ready', generation, frame });
        if (!isCurrent()) return;
        this.#chatApi = controls;
        this.#commands.attach(controls);
      },
      onFailed: (problem) => {
        if (!isCurrent()) return;
        const retryAtMs = this.#retry.schedule(problem, () => this.#dispatch({ type: 'frame-retried', generation }));
        this.#dispatch({ type: 'frame-failed', generation, frame, problem, retryAtMs });
      },
      onReplyFailed: (problem) => {
        if (isCurrent()) this.#effects.onReplyFailed(problem);
      },
      onMessage: (message) => {
        if (isCurrent()) this.#effects.onMessage(message);
      },
      onEvent: (activity) => isCurrent() && this.#effects.onEvent(activity),
      onEscape: () => {
        if (isCurrent()) this.#effects.onEscape();
      },
    };
    try {
      const created = this.#effects.createFrame(host, source.subject);
      if (isCurrent()) this.#frame = created;
      else created.destroy();
    } catch {
      this.#dispatch({ type: 'frame-failed', generation, frame, problem: frameNotCreated });
    }
  }

  #removeFrame(): void {
    const frame = this.#frame;
    this.#frame = undefined;
    this.#chatApi = undefined;
    frame?.destroy();
    this.#commands.detach();
  }

  #removeSource(): void {
    this.#source?.dispose();
    this.#source = undefined;
  }
}

/** Why the chat cannot be expected to become ready by itself. */
function blockingProblem(state: SessionState): Problem | undefined {
  if (state.status === 'failed') return state.problem;
  return state.status === 'signed-out' || state.status === 'idle' ? notSignedIn : undefined;
}
