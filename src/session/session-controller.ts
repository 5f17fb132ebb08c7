/** Carries out what the session's state requires: one token source and at most one chat frame per generation. */
import type { ChatOptions } from '../config/chat-options.js';
import { CozeChatError } from '../core/chat-error.js';
import { ErrorCode, type Problem } from '../core/errors.js';
import { unexpectedProblem } from '../core/unexpected.js';
import type { HostApi, PreparedMessage, RequiredAction, ToolOutput, ToolTurn } from '../frame/contract.js';
import type { ChatFrame } from '../frame/host/chat-frame.js';
import type { AccessTokenSource } from '../token/source/access-token-source.js';
import type { SubjectProof } from '../token/source/subject-proof.js';
import type { TokenSubject, TokenUpdate } from '../token/source/token-update.js';
import { ChatCommands } from './chat-commands.js';
import { interrupted } from './command-queue.js';
import { confirmVisitor, getProvenToken } from './confirm-visitor.js';
import { FrameRetry, type FrameRetryOptions } from './frame-retry.js';
import { type KeptDraft, NO_DRAFT } from './kept-draft.js';
import type { Notify } from './session-notification.js';
import { hasFrame, initialState, type SessionEvent, type SessionState, transition } from './session-state.js';

export interface SessionEffects extends FrameRetryOptions {
  /** Creates a source for the present identity, and does not start it. `expectedSubject` is the subject that its tokens must have, if known. */
  createSource(onUpdate: (update: TokenUpdate) => void, expectedSubject: TokenSubject | undefined): AccessTokenSource;
  /**
   * Creates a frame with the present settings. `subject` is the backend's opaque name of the visitor, if it sends one; `isGateway` is whether
   * a gateway issued the tokens.
   */
  createFrame(host: HostApi, subject: string | undefined, isGateway: boolean): ChatFrame;
  readonly notify: Notify;
  readonly page: PageApi;
  /** Is kept when a frame is replaced. */
  readonly draft: KeptDraft;
  /** The window of the chat's frame got or lost the focus. */
  readonly onFrameFocus: (hasFocus: boolean) => void;
}

/** Functions of the page that a chat calls, apart from events. `chatEnded` aborts when the calling frame is removed. Promises never reject. */
export interface PageApi {
  /** Resolves with `undefined` if the page prevents the message, or the chat was removed. */
  prepareMessage(text: string, chatEnded: AbortSignal): Promise<PreparedMessage | undefined>;
  /** As in {@link HostApi}. */
  runTools(action: RequiredAction, turn: ToolTurn, chatEnded: AbortSignal): Promise<readonly ToolOutput[] | undefined>;
}

/** So many, because after the machine's sleep the network needs some seconds. */
const ATTEMPTS_BEFORE_SUSPENSION = 5;

function frameNotCreated(cause: unknown): Problem {
  return {
    code: ErrorCode.FrameUnavailable,
    message: `The chat frame could not be created: ${String(cause)}. Check the trusted-types directive of the page’s CSP.`,
    retryable: true,
  };
}

const notSignedIn: Problem = { code: ErrorCode.SignedOut, message: 'Nobody is signed in.', retryable: true };

export class SessionController {
  /** Runs the page's commands to the chat. */
  readonly commands = new ChatCommands(() => blockingProblem(this.#state));
  readonly #effects: SessionEffects;
  readonly #retry: FrameRetry;
  #state: SessionState = initialState;
  #source: AccessTokenSource | undefined;
  #frame: ChatFrame | undefined;
  /** Aborts when the frame is removed. */
  #frameLife = new AbortController();
  /** Subject whose chat was hidden (bfcache, other tab) until the next token confirms or replaces it. */
  #suspendedSubject: string | undefined;
  /** While the chat is suspended because the page is left. */
  #isPageLeft = false;
  #isAbsent = false;

  constructor(effects: SessionEffects) {
    this.#effects = effects;
    this.#retry = new FrameRetry(effects);
  }

  get state(): SessionState {
    return this.#state;
  }

  /** The subject of the present tokens, if the backend names it. */
  get subject(): string | undefined {
    return this.#source?.subject;
  }

  start(): void {
    this.#dispatch({ type: 'started' });
  }

  /**
   * Ends the session, because the chat is no longer wanted. Synchronous: afterwards no frame, token or request is left. {@link start} begins
   * again.
   */
  stop(): void {
    this.#effects.draft.forget();
    this.leave();
  }

  /** Like {@link stop}, but keeps the draft for the same visitor. */
  leave(): void {
    this.#suspendedSubject = undefined;
    this.#dispatch({ type: 'stopped' });
  }

  /** Ends the session, because the page's configuration is invalid. Synchronous like {@link stop}. */
  invalidate(problem: Problem): void {
    this.#suspendedSubject = undefined;
    this.#dispatch({ type: 'configuration-invalid', problem });
  }

  /** Drops token and frame and authorises again, after a change of identity or a manual retry. Synchronous. */
  reauthorize(): void {
    this.#dispatch({ type: 'identity-changed' });
  }

  /** Like {@link reauthorize}, but does nothing if the visitor is signed out. */
  suspend(): void {
    this.#suspendedSubject ??= this.subject;
    this.#dispatch({ type: 'identity-unverified' });
  }

  /** {@link suspend}, when the page is left: the frame may send a last request. */
  leavePage(): void {
    this.#isPageLeft = true;
    this.suspend();
    this.#isPageLeft = false;
  }

  /** Removes the visitor's chat and token. Synchronous. */
  signOut(): void {
    this.#suspendedSubject = undefined;
    this.#effects.draft.forget();
    this.#dispatch({ type: 'signed-out' });
    this.#effects.notify({ type: 'identity-changed', cause: 'signed-out' });
  }

  /** Rebuilds the frame with the present token, because settings of the same visitor have changed. */
  recreateFrame(): void {
    this.#dispatch({ type: 'frame-settings-changed' });
  }

  /** Passes changed options to a ready chat. Rebuilds a chat that is not ready, because nothing is lost with it. */
  applyOptions(options: ChatOptions): void {
    const { chat } = this.commands;
    if (chat === undefined) this.recreateFrame();
    else chat.configure(options);
  }

  /** Sets the accessible name of the chat's frame. */
  setTitle(title: string): void {
    this.#frame?.setTitle(title);
  }

  /**
   * Requests a new token now. Resolves when the response has arrived, even if that is a failure or names another visitor. Rejects with a
   * {@link CozeChatError} of `interrupted` if this visitor's chat is removed first.
   */
  async refreshToken(): Promise<void> {
    const { generation } = this.#state;
    await this.revalidate();
    const state = this.#state;
    const isAnsweredForAnother = state.status === 'authorizing' && state.expectedSubject !== undefined;
    if (generation !== state.generation && !isAnsweredForAnother) throw new CozeChatError(interrupted);
  }

  /** Requests a token to find out its subject. Never rejects. */
  async revalidate(): Promise<void> {
    await this.#source?.refresh();
  }

  /** Requests the subject. This costs no token if the backend supports the reason `verify`. Never rejects. */
  async verify(): Promise<void> {
    await this.#source?.verify();
  }

  /** Records when the backend last named the subject; `undefined` without a token source. */
  get proof(): SubjectProof | undefined {
    return this.#source?.proof;
  }

  /** The page has replaced its `getToken`; the new function may return another visitor's tokens. */
  handleReplacement(): void {
    this.#source?.handleReplacement();
  }

  /** Called when the window has lost the focus, or the page is hidden. The next person at the window may be another visitor. */
  handleAbsence(): void {
    this.#isAbsent = true;
    this.proof?.noteAbsence();
  }

  /** Called when the window, or the chat's frame in it, has the focus. */
  handleFocus(): void {
    this.#isAbsent = false;
    this.#source?.noteReturn();
  }

  /** Opens the conversation that the page names. If it is unavailable, the visitor stays in the present one. */
  moveTo(conversationId: string): void {
    const { generation } = this.#state;
    this.#effects.draft.leaveConversation();
    if (conversationId === '') return;
    this.commands.conversations('open', conversationId).catch((problem: CozeChatError) => {
      const { code, message, retryable } = problem;
      if (generation === this.#state.generation) this.#effects.notify({ type: 'feature-failed', problem: { code, message, retryable } });
    });
  }

  /** Called when the page became visible. The identity may have changed, and timers were throttled. */
  handleVisible(): void {
    this.#source?.revalidateSubject();
    this.retryNow();
  }

  /** Makes pending retries due now; if signed out, requests a token. */
  retryNow(): void {
    if (this.#state.status === 'signed-out') void this.revalidate();
    else this.#source?.retryNow();
    this.#retry.wake(this.#state.status === 'loading');
  }

  #dispatch(event: SessionEvent): void {
    const previous = this.#state;
    const state = transition(previous, event);
    if (state === previous) return;
    this.#state = state;

    const isNewRun = state.generation !== previous.generation;
    if (isNewRun || state.status === 'ready') this.#retry.reset();
    if (isNewRun) this.commands.rejectAll();
    if (isNewRun || state.status === 'signed-out') this.#effects.draft.leave();
    const problem = blockingProblem(state);
    if (problem !== undefined) this.commands.rejectAll(problem);
    // Release both before destroying either: destroying the frame may run code of the page (a listener of the focus that moves; in WebKit
    // under its driver also promises), and that code may restart the session.
    const source = isNewRun ? this.#releaseSource() : undefined;
    const frame = isNewRun || state.frame !== previous.frame || !hasFrame(state) ? this.#releaseFrame() : undefined;
    source?.dispose();
    frame?.destroy();
    if (this.#state !== state) return;

    this.#effects.notify({ type: 'state-changed', state, previous });
    // A listener may have changed the session's state; the effects of this state are then no longer wanted.
    if (this.#state !== state) return;
    if (state.status === 'authorizing') this.#createSource(state.generation, state.expectedSubject);
    if (state.status === 'loading' && this.#source !== undefined) this.#createFrame(state, this.#source);
  }

  #createSource(generation: number, expectedSubject: TokenSubject | undefined): void {
    this.#failOnException(() => {
      const onUpdate = (update: TokenUpdate): void => this.#failOnException(() => this.#handleToken(update, generation));
      this.#source = this.#effects.createSource(onUpdate, expectedSubject);
      if (this.#isAbsent) this.#source.proof.noteAbsence();
      this.#source.start();
    });
  }

  /** Without this, an exception during the start would leave the visitor waiting for a chat. */
  #failOnException(step: () => void): void {
    try {
      step();
    } catch (cause) {
      this.#suspendedSubject = undefined;
      this.#dispatch({ type: 'exception-thrown', problem: unexpectedProblem(cause) });
    }
  }

  #handleToken(update: TokenUpdate, generation: number): void {
    if (generation !== this.#state.generation) return;
    this.#effects.notify({ type: 'token-updated', update });
    switch (update.phase) {
      case 'requested':
        return this.#dispatch({ type: 'token-requested', generation });
      case 'issued':
        this.#dispatch({ type: 'token-arrived', generation });
        return this.#resolveSuspension(update.subject);
      case 'refreshed':
        return this.#dispatch({ type: 'token-arrived', generation });
      case 'verified':
      case 'unverified':
        return;
      case 'failed':
        this.#dispatch({ ...update, type: 'token-failed', generation });
        return this.#limitOutage(update.attempt);
      case 'subject-changed':
        this.#suspendedSubject = undefined;
        this.#effects.draft.forget();
        this.#dispatch({
          type: 'subject-changed',
          generation,
          subject: { subject: update.subject },
          formerSubject: { subject: this.subject },
        });
        return this.#notifySubjectChange();
    }
  }

  /**
   * Suspends a chat that has had no token for a while: it is of no use, and a person who has come to the window since may be another visitor,
   * who must not read it.
   */
  #limitOutage(attempt: number): void {
    const source = this.#source;
    if (source === undefined || attempt < ATTEMPTS_BEFORE_SUSPENSION || !this.#effects.isOnline()) return;
    if (hasFrame(this.#state) && !source.hasUsableToken && !source.proof.isUndisturbed) this.suspend();
  }

  #resolveSuspension(subject: string | undefined): void {
    const suspended = this.#suspendedSubject;
    this.#suspendedSubject = undefined;
    if (suspended !== undefined && suspended !== subject) this.#notifySubjectChange();
  }

  #notifySubjectChange(): void {
    this.#effects.notify({ type: 'identity-changed', cause: 'detected' });
  }

  /** Creates the frame. The functions passed to it stop working when the frame is removed, even if the frame's code still runs. */
  #createFrame({ generation, frame }: SessionState, source: AccessTokenSource): void {
    const isCurrent = (): boolean => this.#state.frame === frame && hasFrame(this.#state);
    const ifCurrent = async <T>(ask: () => Promise<T>, otherwise: T): Promise<T> => {
      const result = isCurrent() ? await ask() : otherwise;
      return isCurrent() ? result : otherwise;
    };
    const tokenIfCurrent = (ask: () => Promise<string>): Promise<string> => ifCurrent(ask, '');
    const { page } = this.#effects;
    const { signal: chatEnded } = (this.#frameLife = new AbortController());
    const host: HostApi = {
      mayStillSend: () => this.#isPageLeft || isCurrent(),
      getAccessToken: () => tokenIfCurrent(() => getProvenToken(source, this.#effects.timers)),
      confirmVisitor: async () => isCurrent() && (await confirmVisitor(source, this.#effects.timers)) && isCurrent(),
      onFocus: (hasFocus) => {
        if (isCurrent()) this.#effects.onFrameFocus(hasFocus);
      },
      refreshAccessToken: (rejected) => tokenIfCurrent(() => source.refreshAfterRejection(rejected)),
      onReady: (chatApi) => {
        this.#dispatch({ type: 'frame-ready', generation, frame });
        if (isCurrent()) this.commands.attach(chatApi);
      },
      onFailed: (problem) => {
        if (!isCurrent()) return;
        const retryAtMs = this.#retry.schedule(problem, () => this.#dispatch({ type: 'frame-retry-due', generation }));
        this.#dispatch({ type: 'frame-failed', generation, frame, problem, retryAtMs });
      },
      onEvent: (event) => {
        if (!isCurrent()) return false;
        if (event.type === 'conversation') this.#effects.draft.keepConversation(event.isNewest ? '' : event.id, source.subject);
        return this.#effects.notify(event);
      },
      prepareMessage: (text) => ifCurrent(() => page.prepareMessage(text, chatEnded), undefined),
      runTools: (action, turn) => ifCurrent(() => page.runTools(action, turn, chatEnded), undefined),
      draft: () => (isCurrent() ? this.#effects.draft.of(source.subject) : NO_DRAFT),
      onDraft: (draft) => {
        if (isCurrent()) this.#effects.draft.keep(draft, source.subject);
      },
    };
    try {
      const created = this.#effects.createFrame(host, source.subject, source.isGateway);
      if (isCurrent()) this.#frame = created;
      else created.destroy();
    } catch (cause) {
      this.#dispatch({ type: 'frame-failed', generation, frame, problem: frameNotCreated(cause) });
    }
  }

  #releaseFrame(): Pick<ChatFrame, 'destroy'> | undefined {
    const frame = this.#frame;
    const life = this.#frameLife;
    this.#frame = undefined;
    this.commands.detach();
    const destroy = (): void => {
      frame?.destroy();
      life.abort();
    };
    return { destroy };
  }

  #releaseSource(): AccessTokenSource | undefined {
    const source = this.#source;
    this.#source = undefined;
    return source;
  }
}

function blockingProblem(state: SessionState): Problem | undefined {
  if (state.status === 'failed') return state.problem;
  return state.status === 'signed-out' || state.status === 'idle' ? notSignedIn : undefined;
}
