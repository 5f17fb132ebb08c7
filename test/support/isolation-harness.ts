/**
 * Runs one chat session through a scenario in which visitors change, clocks jump, networks fail and responses arrive in any order. The
 * harness knows what the session cannot know (whose cookie each request carried, what time it really is) and checks three promises: safety
 * (no token of another visitor reaches a frame), freshness (nothing from before the last login is used) and liveness (a visitor who stays,
 * with no fault left, gets a token).
 */
import type fc from 'fast-check';
import { ErrorCode } from '../../src/core/errors.js';
import type { HostApi } from '../../src/frame/contract.js';
import type { ChatFrame } from '../../src/frame/host/chat-frame.js';
import { KeptDraft } from '../../src/session/kept-draft.js';
import { SessionController } from '../../src/session/session-controller.js';
import type { TokenRequester } from '../../src/token/request/token-requester.js';
import { AccessTokenSource, type AccessTokenSourceOptions } from '../../src/token/source/access-token-source.js';
import { noControls } from './chat-controls.js';
import { IsolationEndpoint } from './isolation-endpoint.js';
import { IsolationFrames } from './isolation-frames.js';
import { IsolationPage } from './isolation-page.js';
import type { Step, Visitor } from './isolation-steps.js';
import { flushMicrotasks, VirtualTime } from './virtual-time.js';

/** The session's dependencies. An injected fault replaces one of them. */
export interface Collaborators {
  createSource(options: AccessTokenSourceOptions): AccessTokenSource;
  /** `build` creates a frame that calls the functions of the given host; the functions of `host` get their tokens from `source`. */
  createFrame(build: (host: HostApi) => ChatFrame, host: HostApi, source: AccessTokenSource): ChatFrame;
}

/** `announced`: the page reports every login and logout to the element. `unannounced`: only the cookie changes. */
export type LoginKind = 'announced' | 'unannounced';

const faultless: Collaborators = {
  createSource: (options) => new AccessTokenSource(options),
  createFrame: (build, host) => build(host),
};

const LONGEST_PAUSE_MS = 61_000;

export class Harness {
  readonly #kind: LoginKind;
  /** Which violations count. */
  readonly #counting: RegExp;
  readonly #scheduler: fc.Scheduler;
  readonly #time = new VirtualTime();
  readonly #endpoint: IsolationEndpoint;
  readonly #frames: IsolationFrames;
  readonly #page: IsolationPage;
  readonly #session: SessionController;
  readonly #draft = new KeptDraft();
  #source: AccessTokenSource | undefined;
  #violations: string[] = [];
  #sleptMs = 0;
  #isVisible = true;
  #isOnline = true;
  /** No program could detect both together: sleep with a stopped monotonic clock, and a wall clock that is set back. */
  #wasSetBack = false;
  #sleptUnseen = false;

  constructor(kind: LoginKind, fault: Partial<Collaborators>, scheduler: fc.Scheduler, counting: RegExp) {
    const { createSource, createFrame } = { ...faultless, ...fault };
    this.#kind = kind;
    this.#counting = counting;
    this.#scheduler = scheduler;
    this.#endpoint = new IsolationEndpoint(scheduler, () => this.#nowMs);
    this.#frames = new IsolationFrames({
      kind,
      endpoint: this.#endpoint,
      awakeMs: () => this.#time.awakeMs,
      knowableMs: () => (this.#wasSetBack && this.#sleptUnseen ? undefined : this.#nowMs),
      hold: (isKept, violation) => this.#hold(isKept, violation),
    });
    this.#page = new IsolationPage({
      scheduler,
      cookie: () => this.#endpoint.cookie,
      frames: () => this.#frames.built,
      isAnnounced: kind === 'announced',
      hold: (isKept, violation) => this.#hold(isKept, violation),
    });
    this.#session = new SessionController({
      createSource: (onUpdate, owner) => {
        this.#frames.forgetRefused();
        this.#source = createSource({
          request: this.#request,
          onUpdate,
          clock: this.#time.clock,
          timers: this.#time.timers,
          random: () => 0.5,
          isVisible: () => this.#isVisible,
          isOnline: () => this.#isOnline,
          expectedSubject: owner,
        });
        return this.#source;
      },
      createFrame: (host, subject) => {
        if (this.#source === undefined) throw new Error('A frame was built before there was a source.');
        const place = this.#draft.conversationOf(subject) ?? subject;
        this.#hold(place === subject, `${subject} was brought to a conversation of ${place}`);
        return createFrame((shownHost) => this.#frames.build(shownHost, subject), host, this.#source);
      },
      clock: this.#time.clock,
      timers: this.#time.timers,
      random: () => 0.5,
      isOnline: () => this.#isOnline,
      notify: () => true,
      page: this.#page.api,
      draft: this.#draft,
      onFrameFocus: () => {},
    });
  }

  /**
   * Runs `steps` while responses arrive in the scheduler's order; then all faults end, and the chat has to recover. `isReady`: starts with
   * a chat that is usable.
   */
  async run(isReady: boolean, steps: readonly Step[]): Promise<void> {
    this.#session.start();
    if (isReady) {
      await this.#passUntil(() => this.#frames.shown !== undefined);
      this.#frames.shown?.host.onReady(noControls);
      this.#frames.use();
    }
    this.#scheduler.scheduleSequence(steps.map((step) => ({ label: step.do, builder: () => this.#take(step) })));
    await this.#scheduler.waitIdle();
    await this.#recover();
    await this.#end();
  }

  async #take(step: Step): Promise<void> {
    const { generation } = this.#session.state;
    this.#act(step);
    if (step.do === 'pass') await this.#time.advance(step.ms);
    else await flushMicrotasks();
    const isNewGeneration = step.do !== 'pass' && this.#session.state.generation > generation;
    this.#hold(!isNewGeneration || this.#frames.waiting === 0, 'a caller waits for a token of a former generation');
    this.#throwViolations();
  }

  #act(step: Step): void {
    switch (step.do) {
      case 'log-in':
        return this.#become(step.as);
      case 'log-out':
        return this.#become(undefined);
      case 'use':
        return this.#frames.use();
      case 'act':
        return this.#frames.act(this.#page);
      case 'move':
        return this.#frames.move();
      case 'refuse':
        return this.#frames.refuse(true);
      case 'refuse-unknown':
        return this.#frames.refuse(false);
      case 'ready':
        return this.#frames.shown?.host.onReady(noControls);
      case 'pass':
        return;
      case 'jump':
        this.#wasSetBack ||= step.ms < 0;
        return this.#time.jumpWall(step.ms);
      case 'sleep':
        this.#sleptMs += step.ms;
        this.#sleptUnseen ||= step.monotonicClock === 'stops';
        return this.#time.sleep(step.ms, step.monotonicClock);
      case 'look':
        this.#isVisible = step.isVisible;
        return this.#wake();
      case 'leave':
        this.#isVisible = false;
        return this.#tearDown(() => this.#session.suspend());
      case 'network':
        this.#isOnline = step.isOnline;
        return this.#isOnline ? this.#wake() : undefined;
      case 'fault':
        return this.#endpoint.breakDown(step.fault, step.times);
      case 'repeat':
        return this.#endpoint.repeatOnce();
      case 'disconnect':
        return this.#tearDown(() => this.#session.stop());
      case 'connect':
        return this.#session.start();
      case 'rebuild':
        return this.#session.recreateFrame();
      case 'refresh':
        return void this.#session.revalidate();
    }
  }

  /** The cookie changes; an announced login is reported to the session in the same call. */
  #become(visitor: Visitor | undefined): void {
    this.#endpoint.become(visitor);
    if (this.#kind === 'unannounced') return;
    this.#tearDown(() => this.#session.stop());
    if (visitor !== undefined) this.#session.start();
  }

  #tearDown(end: () => void): void {
    end();
    if (this.#session.state.status === 'signed-out') return;
    this.#hold(this.#frames.shown === undefined, 'a frame outlived the call that ended it');
    this.#hold(this.#endpoint.awaited === 0, 'a request outlived the call that ended it');
  }

  #wake(): void {
    if (this.#isVisible) this.#session.retryNow();
  }

  readonly #request: TokenRequester = (context) => {
    this.#hold(!context.signal.aborted, 'a request was sent after its end');
    this.#hold(this.#endpoint.awaitedLike(context.reason) === 0, 'two requests were under way');
    this.#hold(this.#isVisible || this.#frames.waiting > 0 || context.reason === 'manual', 'a hidden page asked for a token');
    return this.#endpoint.answer(context, this.#time.now);
  };

  /** With no fault left and the same visitor, the chat gets a token by itself, or after Retry if the session has given up. */
  async #recover(): Promise<void> {
    this.#endpoint.recover();
    this.#isOnline = true;
    this.#isVisible = true;
    if (this.#visitor === undefined) this.#become('alice');
    this.#session.start();
    this.#session.retryNow();
    await this.#passUntil(() => this.#frames.shown !== undefined);
    if (hasGivenUp(this.#session)) this.#session.reauthorize();
    // The session cannot know of an unannounced change of the cookie before the next response.
    if (this.#kind === 'unannounced') void this.#session.revalidate();
    await this.#passUntil(() => this.#frames.shown?.subject === this.#visitor);
    this.#frames.use();
    await this.#passUntil(() => this.#frames.waiting === 0);

    const frame = this.#frames.shown;
    this.#hold(frame?.subject === this.#visitor, `no chat for ${this.#visitor}: ${JSON.stringify(this.#session.state)}`);
    this.#hold(frame === undefined || this.#frames.hasToken(frame), 'the chat has no token');
    this.#throwViolations();
  }

  async #end(): Promise<void> {
    this.#tearDown(() => this.#session.stop());
    await flushMicrotasks();
    this.#hold(this.#frames.waiting === 0, 'a caller waits forever');
    this.#hold(this.#page.waiting === 0, 'a frame waits forever for its page');
    this.#hold(this.#time.timerCount === 0, 'a timer was left behind');
    this.#throwViolations();
  }

  /** Advances from timer to timer, each at most as long as the longest pause between two requests. */
  async #passUntil(isReached: () => boolean): Promise<void> {
    await flushMicrotasks();
    await this.#scheduler.waitIdle();
    for (let count = 0; count < 4 && !isReached(); count++) {
      await this.#time.advance(Math.min(this.#time.nextTimerInMs ?? 0, LONGEST_PAUSE_MS));
      await this.#scheduler.waitIdle();
    }
  }

  get #visitor(): Visitor | undefined {
    return this.#endpoint.cookie;
  }

  /** The real time. */
  get #nowMs(): number {
    return this.#time.awakeMs + this.#sleptMs;
  }

  #hold(isKept: boolean, violation: string): void {
    if (!isKept && this.#counting.test(violation)) this.#violations.push(violation);
  }

  #throwViolations(): void {
    if (this.#violations.length > 0) throw new Error(this.#violations.join('; '));
  }
}

/** States that time alone does not end; a visitor has a Retry button for them. */
function hasGivenUp({ state }: SessionController): boolean {
  if (state.status !== 'failed') return false;
  const final: readonly ErrorCode[] = [ErrorCode.TokenRejected, ErrorCode.IdentityMismatch, ErrorCode.TokenEndpointMisconfigured];
  return final.includes(state.problem.code);
}
