/**
 * Makes sure whose the tokens of a source are, beside the requests for tokens: at no cost to Coze where the backend answers `verify` with the
 * subject alone, by another token where it does not.
 */
import type { Clock, Instant, Timers } from '../../core/clock.js';
import type { Result } from '../../core/result.js';
import type { AccessTokenFields, ConfirmedSubject } from '../access-token.js';
import type { TokenFailure } from '../token-failure.js';
import { PendingRetry } from './backoff.js';
import { SlidingWindow } from './sliding-window.js';
import type { SubjectProof } from './subject-proof.js';

/** Frameworks make a new function at every render; no more often is one asked whose tokens it has. */
const REPLACEMENT_WINDOW_MS = 30_000;
/** Pause, and up to half of it less by chance, before a question is repeated that had no response. */
const REPEAT_MS = 15_000;

/** What the verifier needs of the source. */
export interface TokenRequests {
  isStopped(): boolean;
  /** Whether the backend can be asked for the subject. */
  isVerifiable(): boolean;
  /** Whether a request for a token is to be sent in place of one for the subject. */
  isTokenDue(now: Instant): boolean;
  /** Whether the endpoint has asked not to be asked before. */
  isForbidden(now: Instant): boolean;
  /** A request for a token that is under way. */
  inFlight(): Promise<void> | undefined;
  refresh(): Promise<void>;
  handleSubject(fields: AccessTokenFields | ConfirmedSubject, question: number): void;
  /** Returns the failure if the source goes on. */
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
  /** The numbers of the questions under way: for a token, and for the subject alone. */
  #tokenQuestion = 0;
  #subjectQuestion = 0;
  #verification: Promise<void> | undefined;
  #pause: PendingRetry | undefined;
  /** The backend does not know `verify`. */
  #isByToken = false;
  #cancelTimer = (): void => {};
  /** How to settle each promise, and whether somebody has something to do then. */
  readonly #waiting = new Map<() => void, boolean>();

  constructor(options: SubjectVerifierOptions) {
    this.#options = options;
    this.#proof = options.proof;
    options.signal.addEventListener('abort', () => this.#settleAll());
  }

  /** Whether the backend has confirmed the subject lately, or cannot be asked for it. */
  get isProven(): boolean {
    const { tokens } = this.#options;
    return !tokens.isStopped() && (!tokens.isVerifiable() || this.#freshForMs > 0);
  }

  /** The number of the request for a token that is sent now. */
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

  /** The page is used again: asks where the last answer is too old, or as soon as it is if the visitor may be another. */
  handleReturn(): void {
    if (this.#freshForMs <= 0) void this.verify();
    else if (!this.#proof.isUndisturbed) this.#verifyIn(this.#freshForMs);
  }

  /** The host's function was exchanged, perhaps for another visitor's. */
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

  /** Who came back may be another visitor, which must show as soon as the backend can say so. */
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

  /** Joins what is under way where its response will do. */
  #ask(): Promise<void> {
    const { tokens, clock } = this.#options;
    const now = clock.now();
    const inFlight = tokens.inFlight();
    if (tokens.isStopped() || tokens.isForbidden(now) || this.#pause?.forbids(now) === true) return Promise.resolve();
    if (inFlight !== undefined && this.#proof.dispelsDoubt(this.#tokenQuestion)) return inFlight;
    if (inFlight === undefined && (this.#isByToken || tokens.isTokenDue(now))) return tokens.refresh();
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
    this.#pause = retryAfterMs === undefined ? undefined : new PendingRetry(clock.now(), retryAfterMs, retryAfterMs);
    if (kind !== 'invalid') return;
    this.#isByToken = true;
    // Tokens are asked for ahead of time only while the page is visible.
    if (isVisible() || [...this.#waiting.values()].includes(true)) await tokens.refresh();
  }
}
