/**
 * Three windows of one browser with a virtual clock: one cookie jar, one channel between their chats, a token endpoint that responds late,
 * not at all or with a fault. Checks the documented bounds against facts that only the endpoint knows.
 */
import type { Instant } from '../../src/core/clock.js';
import { fail, type Result, succeed } from '../../src/core/result.js';
import type { HostApi } from '../../src/frame/contract.js';
import type { AuthMessage } from '../../src/session/auth-channel.js';
import { AuthSync, type AuthSyncOptions } from '../../src/session/auth-sync.js';
import { KeptDraft } from '../../src/session/kept-draft.js';
import { SessionController } from '../../src/session/session-controller.js';
import { hasFrame } from '../../src/session/session-state.js';
import type { AccessTokenFields, ConfirmedSubject } from '../../src/token/access-token.js';
import { TokenReason } from '../../src/token/protocol.js';
import type { TokenRequestContext } from '../../src/token/request/token-requester.js';
import { AccessTokenSource, type AccessTokenSourceOptions } from '../../src/token/source/access-token-source.js';
import { invalidResponse, misconfigured, signedOut, type TokenFailure, unavailable } from '../../src/token/token-failure.js';
import { noControls } from './chat-controls.js';
import { FakeFrames } from './fake-frames.js';
import type { Fault, Visitor } from './isolation-steps.js';
import { quietPage } from './quiet-page.js';
import { VirtualTime } from './virtual-time.js';
import type { WindowStep } from './window-steps.js';

/** The bounds that the documentation states (guide/identity), in milliseconds. */
export interface Bounds {
  /** Maximum age of the last proof of a visitor for whom something is sent. */
  readonly sentMs: number;
  /** The same while the endpoint does not respond and the visitor has not left the window: a token's lifetime. */
  readonly sentInOutageMs: number;
  /** Maximum time for which another visitor's chat stays visible to a person who comes to its window, while the endpoint responds. */
  readonly shownMs: number;
  /** The same while the endpoint does not respond: from the last proof, and from the time when the person came. */
  readonly shownInOutageMs: readonly [sinceProof: number, sinceCame: number];
  /** The same after a message from another tab's chat, whatever the endpoint does. */
  readonly shownAfterMessageMs: number;
}

/** The dependencies of a window. */
export interface WindowCollaborators {
  createSource(options: AccessTokenSourceOptions): AccessTokenSource;
  createSync(options: AuthSyncOptions): AuthSync;
}

const faultless: WindowCollaborators = {
  createSource: (options) => new AccessTokenSource(options),
  createSync: (options) => new AuthSync(options),
};

const SCOPE = 'https://site.example/token';
const TOKEN_LIFE_MS = 3_600_000;
const DEADLINE_MS = 10_000;
/** Slower than the backend may be for `shownMs` to hold. */
const RESPONSE_MS = 50;
/** How long a message takes from one tab to the others. */
const CHANNEL_MS = 1;
const failures: Readonly<Record<Fault, TokenFailure>> = {
  down: unavailable('503'),
  busy: unavailable('429', 1_000),
  nonsense: invalidResponse('html'),
  gone: misconfigured('404'),
};

/** The endpoint's response from now on; `hang` does not respond at all. */
type Outage = Fault | 'hang' | undefined;

/** Several events may happen in one millisecond, and their order matters. */
interface Moment {
  readonly atMs: number;
  readonly order: number;
}

const NEVER: Moment = { atMs: -Infinity, order: -Infinity };

export class IsolationWindows {
  readonly time = new VirtualTime();
  readonly bounds: Bounds;
  readonly #windows: readonly ChatWindow[];
  #visitor: Visitor | undefined = 'alice';
  #visitorSinceMs = 0;
  #outage: Outage;
  /** Since when the endpoint has responded without a fault. */
  #healthySinceMs = 0;
  #tokens = 0;
  #order = 0;
  readonly violations: string[] = [];

  constructor(bounds: Bounds, inject: Partial<WindowCollaborators> = {}) {
    this.bounds = bounds;
    this.#windows = [0, 1, 2].map((index) => new ChatWindow(this, index, { ...faultless, ...inject }));
  }

  /** The visitor whom the cookie identifies. */
  get visitor(): Visitor | undefined {
    return this.#visitor;
  }

  get visitorSinceMs(): number {
    return this.#visitorSinceMs;
  }

  get isHealthy(): boolean {
    return this.#outage === undefined;
  }

  get healthySinceMs(): number {
    return this.#healthySinceMs;
  }

  nextOrder(): number {
    return ++this.#order;
  }

  async run(steps: readonly WindowStep[]): Promise<void> {
    for (const chat of this.#windows) chat.open();
    await this.#pass(1_000);
    for (const step of steps) {
      await this.#take(step);
      if (this.violations.length > 0) throw new Error(this.violations.join('; '));
    }
    await this.#pass(1_000);
    for (const chat of this.#windows) chat.close();
    // Messages that are still in the channel reach no window.
    await this.time.advance(CHANNEL_MS);
    if (this.time.timerCount > 0) throw new Error('A timer was left behind.');
  }

  async #take(step: WindowStep): Promise<void> {
    const chat = this.#windows[step.window ?? 0] as ChatWindow;
    switch (step.do) {
      case 'log-in':
        this.#become(step.as);
        break;
      case 'log-out':
        this.#become(undefined);
        break;
      case 'sign-out':
        chat.session.signOut();
        break;
      case 'focus':
        for (const other of this.#windows) if (other !== chat) other.blur();
        chat.focus();
        break;
      case 'show':
        chat.show();
        break;
      case 'hide':
        chat.hide();
        break;
      case 'send':
        chat.send();
        break;
      case 'fault':
        this.#outage = step.fault;
        break;
      case 'recover':
        if (this.#outage !== undefined) this.#healthySinceMs = this.time.awakeMs;
        this.#outage = undefined;
        break;
      case 'pass':
        break;
    }
    await this.#pass(step.do === 'pass' ? step.ms : 0);
  }

  /**
   * The visible chat changes only with timers. The check therefore runs just before each timer, when a chat has been visible longest, and after it.
   */
  async #pass(ms: number): Promise<void> {
    const endMs = this.time.awakeMs + ms;
    await this.time.advance(0);
    this.#look();
    while (this.time.awakeMs < endMs) {
      const restMs = endMs - this.time.awakeMs;
      const nextMs = Math.max(this.time.nextTimerInMs ?? restMs, 1);
      if (nextMs > 1) {
        await this.time.advance(Math.min(nextMs - 1, restMs));
        this.#look();
      }
      if (nextMs <= restMs) await this.time.advance(1);
      this.#look();
    }
  }

  #look(): void {
    for (const chat of this.#windows) chat.look();
  }

  #become(visitor: Visitor | undefined): void {
    if (visitor === this.#visitor) return;
    this.#visitor = visitor;
    this.#visitorSinceMs = this.time.awakeMs;
  }

  /** Delivered to the other windows a moment later, as a channel does. */
  broadcast(from: ChatWindow, message: AuthMessage): void {
    this.time.timers.set(() => {
      for (const chat of this.#windows) if (chat !== from) chat.hear(message);
    }, CHANNEL_MS);
  }

  respond(chat: ChatWindow, { reason, signal }: TokenRequestContext): Promise<Result<AccessTokenFields | ConfirmedSubject, TokenFailure>> {
    const sentAt = this.time.now;
    const sent: Moment = { atMs: this.time.awakeMs, order: this.nextOrder() };
    const cookie = this.#visitor;
    const outage = this.#outage;
    return new Promise((resolve) => {
      const give = (): void => {
        signal.removeEventListener('abort', end);
        resolve(this.#answer(chat, cookie, outage, reason, sentAt, sent));
      };
      const end = (): void => {
        cancel();
        resolve(fail(unavailable('aborted')));
      };
      const cancel = this.time.timers.set(give, outage === 'hang' ? DEADLINE_MS : RESPONSE_MS);
      signal.addEventListener('abort', end, { once: true });
    });
  }

  #answer(
    chat: ChatWindow,
    cookie: Visitor | undefined,
    outage: Outage,
    reason: TokenReason,
    sentAt: Instant,
    sent: Moment,
  ): Result<AccessTokenFields | ConfirmedSubject, TokenFailure> {
    if (outage === 'hang') return fail(unavailable('late'));
    if (outage !== undefined) return fail(failures[outage]);
    if (cookie === undefined) return fail(signedOut('401'));
    chat.proven(cookie, sent);
    if (reason === TokenReason.Verify) return succeed({ subject: cookie, requestedAt: sentAt });
    return succeed({ value: `${cookie}-${++this.#tokens}`, subject: cookie, requestedAt: sentAt, lifetimeMs: TOKEN_LIFE_MS });
  }
}

class ChatWindow {
  readonly session: SessionController;
  readonly #world: IsolationWindows;
  readonly #index: number;
  readonly #sync: AuthSync;
  readonly #frames = new FakeFrames();
  #isVisible = true;
  #hasFocus = false;
  /** When the request was sent whose response confirmed the visitor. */
  readonly #proven = new Map<Visitor, Moment>();
  /** When the window last lost the focus or was hidden, as a position in the order of events; and when it regained the focus. */
  #leftOrder = 0;
  #cameMs: number | undefined;
  #isOpen = false;
  /** The message of another tab's chat that the endpoint has not contradicted. */
  #lastMessage: { readonly message: AuthMessage; readonly atMs: number } | undefined;

  constructor(world: IsolationWindows, index: number, { createSource, createSync }: WindowCollaborators) {
    const { time } = world;
    this.#world = world;
    this.#index = index;
    this.session = new SessionController({
      createSource: (onUpdate, expectedSubject) =>
        createSource({
          request: (context) => world.respond(this, context),
          onUpdate,
          clock: time.clock,
          timers: time.timers,
          random: () => 0.5,
          isVisible: () => this.#isVisible,
          isOnline: () => true,
          expectedSubject,
        }),
      createFrame: (host, subject) => this.#build(host, subject),
      clock: time.clock,
      timers: time.timers,
      random: () => 0.5,
      isOnline: () => true,
      page: quietPage,
      draft: new KeptDraft(),
      onFrameFocus: () => {},
      notify: (notification) => {
        this.#sync.handleNotification(notification);
        return true;
      },
    });
    this.#sync = createSync({
      session: this.session,
      scope: () => SCOPE,
      isVisible: () => this.#isVisible,
      post: (message) => world.broadcast(this, message),
      timers: time.timers,
    });
  }

  open(): void {
    this.#isOpen = true;
    this.session.handleAbsence();
    this.session.start();
  }

  close(): void {
    this.#isOpen = false;
    this.#sync.stop();
    this.session.stop();
  }

  focus(): void {
    if (!this.#isVisible) this.show();
    if (this.#hasFocus) return;
    this.#hasFocus = true;
    this.#cameMs = this.#nowMs;
    this.session.handleFocus();
  }

  blur(): void {
    if (!this.#hasFocus) return;
    this.#hasFocus = false;
    this.#leave();
  }

  show(): void {
    if (this.#isVisible) return;
    this.#isVisible = true;
    this.#cameMs = this.#nowMs;
    this.session.handleVisible();
  }

  hide(): void {
    this.#isVisible = false;
    this.#hasFocus = false;
    this.#leave();
  }

  #leave(): void {
    this.#leftOrder = this.#world.nextOrder();
    this.#cameMs = undefined;
    this.session.handleAbsence();
  }

  hear(message: AuthMessage): void {
    if (!this.#isOpen) return;
    if (message.subject !== this.#shownFor) this.#lastMessage = { message, atMs: this.#nowMs };
    this.#sync.handleMessage(message);
  }

  proven(visitor: Visitor, sent: Moment): void {
    if (sent.order > this.#lastProof(visitor).order) this.#proven.set(visitor, sent);
  }

  #lastProof(visitor: Visitor): Moment {
    return this.#proven.get(visitor) ?? NEVER;
  }

  /** The visitor sends a message. */
  send(): void {
    const frame = this.#frames.shown[0];
    if (frame === undefined) return;
    const { host } = frame;
    void host.confirmVisitor().then(async (isConfirmed) => {
      if (!isConfirmed) return;
      const token = await host.getAccessToken();
      if (token !== '') this.#checkSent(token.split('-')[0] as Visitor);
    });
  }

  /** Checks that another visitor's chat is not visible for longer than the bounds. */
  look(): void {
    const shown = this.#shownFor as Visitor | undefined;
    if (shown === undefined || !this.#isVisible) return;
    const { bounds, visitor, visitorSinceMs, isHealthy, healthySinceMs } = this.#world;
    const { atMs: provenMs } = this.#lastProof(shown);
    if (this.#lastMessage !== undefined && this.#lastMessage.message.subject !== shown && provenMs < this.#lastMessage.atMs) {
      const sinceMs = this.#nowMs - this.#lastMessage.atMs;
      this.#hold(sinceMs <= bounds.shownAfterMessageMs, `${shown} is shown ${sinceMs} ms after a message, unproven`);
    }
    if (visitor === shown || this.#cameMs === undefined) return;
    const [sinceProofMs, sinceCameMs] = bounds.shownInOutageMs;
    const isPast = this.#nowMs - provenMs > sinceProofMs && this.#nowMs - this.#cameMs > sinceCameMs;
    this.#hold(!isPast || visitorSinceMs >= this.#cameMs, `${shown} is still shown to ${visitor} in an outage`);
    if (!isHealthy) return;
    // Without a proof in between, the bound counts from the latest of these.
    const sinceMs = this.#nowMs - Math.max(this.#cameMs, healthySinceMs);
    if (provenMs >= visitorSinceMs || visitorSinceMs >= this.#cameMs) return;
    this.#hold(sinceMs <= bounds.shownMs, `${shown} is shown ${sinceMs} ms after somebody came, to ${visitor}`);
  }

  #checkSent(visitor: Visitor): void {
    const { bounds, isHealthy, healthySinceMs } = this.#world;
    const { atMs: provenMs, order: provenOrder } = this.#lastProof(visitor);
    const ageMs = this.#nowMs - provenMs;
    const lastMessage = this.#lastMessage;
    const isDoubted = lastMessage !== undefined && lastMessage.message.subject !== visitor && lastMessage.atMs > provenMs;
    this.#hold(!isDoubted, `something was sent for ${visitor} after a message of another visitor`);
    // A response that was in flight when the outage ended still belongs to the outage.
    const isOutage = !isHealthy || this.#nowMs - healthySinceMs <= DEADLINE_MS;
    const isUndisturbed = this.#leftOrder < provenOrder && isOutage;
    this.#hold(
      ageMs <= (isUndisturbed ? bounds.sentInOutageMs : bounds.sentMs),
      `something was sent for ${visitor}, last proven ${ageMs} ms ago`,
    );
  }

  #build(host: HostApi, subject: string | undefined) {
    this.#hold(this.#frames.shown.length === 0, 'there were two frames');
    const frame = this.#frames.create(host, subject);
    queueMicrotask(() => hasFrame(this.session.state) && host.onReady(noControls));
    return frame;
  }

  get #shownFor(): string | undefined {
    return this.#frames.shown[0]?.subject;
  }

  get #nowMs(): number {
    return this.#world.time.awakeMs;
  }

  #hold(isKept: boolean, violation: string): void {
    if (!isKept) this.#world.violations.push(`window ${this.#index}: ${violation}`);
  }
}
