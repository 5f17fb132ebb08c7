/**
 * Verifies the subject of a source's tokens between token requests. Costs no token where the backend answers `verify` with the subject
 * alone; requests another token where it does not.
 */
import type { Clock, Instant, Timers } from '../../core/clock.js';
import type { Result } from '../../core/result.js';
import type { AccessTokenFields, ConfirmedSubject } from '../access-token.js';
import type { TokenFailure } from '../token-failure.js';
import { PendingRetry } from './backoff.js';
import { SlidingWindow } from './sliding-window.js';
import type { SubjectProof } from './subject-proof.js';

/** Frameworks create a new function at every render; only one of them in each window is asked for its subject at once. */
const REPLACEMENT_WINDOW_MS = 30_000;
/** Delay before an unanswered question is repeated, shortened by up to a half at random. */
const REPEAT_MS = 15_000;

/** What the verifier needs from the source. */
export interface TokenRequests {
  isStopped(): boolean;
  /** Whether the backend can be asked for the subject. */
  isVerifiable(): boolean;
  /** Whether to request a token in place of the subject. */
  isTokenDue(now: Instant): boolean;
  /** Whether `Retry-After` forbids a request now. */
  isForbidden(now: Instant): boolean;
  /** The running token request. */
  inFlight(): Promise<void> | undefined;
  refresh(): Promise<void>;
  handleSubject(fields: AccessTokenFields | ConfirmedSubject, question: number): void;
  /** Returns the failure unless it has stopped the source. */
  handleUnverified(failure: TokenFailure): TokenFailure | undefined;
}

export interface SubjectVerifierOptions {
  readonly requestSubject: () => Promise<Result<AccessTokenFields | ConfirmedSubject, TokenFailure>>;
  readonly proof: SubjectProof;
  readonly tokens: TokenRequests;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly isVisible: () => boolean;
  /** In [0, 1). */
  readonly random: () => number;
  /** Aborts when the source is disposed. */
  readonly signal: AbortSignal;
}

export class SubjectVerifier {
  readonly #options: SubjectVerifierOptions;
  readonly #proof: SubjectProof;
  readonly #replacements = new SlidingWindow(1, REPLACEMENT_WINDOW_MS);
  /** Numbers of the running questions: for a token, and for the subject alone. */
  #tokenQuestion = 0;
  #subjectQuestion = 0;
  #verification: Promise<void> | undefined;
  #pause: PendingRetry | undefined;
  /** Whether a verification needs a token request, because the backend does not support `verify`. */
  #needsTokenRequest = false;
  #cancelTimer = (): void => {};
  /** The function that settles each promise, and whether a caller waits for that promise. */
  readonly #waiting = new Map<() => void, boolean>();

  constructor(options: SubjectVerifierOptions) {
    this.#options = options;
    this.#proof = options.proof;
    options.signal.addEventListener('abort', () => this.#settleAll());
  }

  /** Whether the backend has confirmed the subject recently, or cannot be asked for it. */
  get isProven(): boolean {
    const { tokens } = this.#options;
    return !tokens.isStopped() && (!tokens.isVerifiable() || this.#freshForMs > 0);
  }

  /** Returns the number of the token request that is sent now. */
  beginTokenRequest(): number {
    return (this.#tokenQuestion = this.#proof.ask());
  }

  /** See {@link AccessTokenSource.verify}. */
  verify(caller?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (): void => {
        this.#waiting.delete(settle);
        caller?.removeEventListener('abort', settle);
        resolve(this.isProven);
      };
      this.#waiting.set(settle, caller !== undefined);
      caller?.addEventListener('abort', settle);
      void this.#ask().then(() => {
        settle();
        this.#repeatLater();
      });
    });
  }

  /**
   * Called when the page is used again. Verifies now if the last answer is too old; otherwise, if the visitor may have changed, as soon as it
   * will be.
   */
  handleReturn(): void {
    if (this.#freshForMs <= 0) void this.verify();
    else if (!this.#proof.isUndisturbed) this.#verifyIn(this.#freshForMs);
  }

  /** The host has replaced its `getToken`; the new function may return another visitor's tokens. */
  handleReplacement(): void {
    this.#proof.doubt();
    if (this.#replacements.tryAcquire(this.#options.clock.now())) void this.verify();
    else this.#verifyIn(REPLACEMENT_WINDOW_MS);
  }

  cancel(): void {
    this.#cancelTimer();
  }

  get #freshForMs(): number {
    return this.#proof.freshForMs(this.#options.clock.now());
  }

  #settleAll(): void {
    for (const settle of [...this.#waiting.keys()]) settle();
  }

  /** Repeats an unanswered question later, because the person at the window may be another visitor. */
  #repeatLater(): void {
    const { tokens, random } = this.#options;
    if (tokens.isStopped() || this.isProven || this.#proof.isUndisturbed) return;
    this.#verifyIn(REPEAT_MS - (REPEAT_MS / 2) * random());
  }

  #verifyIn(delayMs: number): void {
    const { timers, isVisible } = this.#options;
    this.cancel();
    this.#cancelTimer = timers.set(() => isVisible() && void this.verify(), Math.ceil(delayMs));
  }

  /** Sends a request, or joins a running one whose response is sufficient. */
  #ask(): Promise<void> {
    const { tokens, clock } = this.#options;
    const now = clock.now();
    const inFlight = tokens.inFlight();
    if (tokens.isStopped() || tokens.isForbidden(now) || this.#pause?.forbids(now) === true) return Promise.resolve();
    if (inFlight !== undefined && this.#proof.dispelsDoubt(this.#tokenQuestion)) return inFlight;
    if (inFlight === undefined && (this.#needsTokenRequest || tokens.isTokenDue(now))) return tokens.refresh();
    if (this.#verification === undefined || !this.#proof.dispelsDoubt(this.#subjectQuestion)) {
      this.#subjectQuestion = this.#proof.ask();
      this.#verification = this.#request(this.#subjectQuestion);
    }
    return this.#verification;
  }

  async #request(question: number): Promise<void> {
    const { requestSubject, tokens, clock, isVisible } = this.#options;
    const response = await requestSubject();
    if (question === this.#subjectQuestion) this.#verification = undefined;
    if (tokens.isStopped()) return;
    if (response.ok) return tokens.handleSubject(response.value, question);
    const failure = tokens.handleUnverified(response.error);
    if (failure === undefined) return;
    const { kind, retryAfterMs } = failure;
    this.#pause = new PendingRetry(clock.now(), 0, retryAfterMs);
    if (kind !== 'invalid') return;
    this.#needsTokenRequest = true;
    // A hidden page requests no tokens ahead of time.
    if (isVisible() || [...this.#waiting.values()].includes(true)) await tokens.refresh();
  }
}
