/**
 * Keeps the access token of one identity fresh. Sends one request at a time, renews the token before it expires, never returns an expired
 * or rejected one, and does nothing after {@link AccessTokenSource.dispose}. Another identity gets a new source.
 */
import type { Clock, Instant, Timers } from '../../core/clock.js';
import type { Result } from '../../core/result.js';
import { AccessToken, type AccessTokenFields, type ConfirmedSubject } from '../access-token.js';
import { TokenReason } from '../protocol.js';
import type { TokenRequester } from '../request/token-requester.js';
import { invalidResponse, softenWhileTokenValid, staleTokenFailure, type TokenFailure, tokensRejectedFailure } from '../token-failure.js';
import { PendingRetry, retryDelayMs } from './backoff.js';
import { RejectedTokens } from './rejected-tokens.js';
import { SlidingWindow } from './sliding-window.js';
import { SubjectProof } from './subject-proof.js';
import { SubjectVerifier, type TokenRequests } from './subject-verifier.js';
import type { TokenSubject, TokenUpdate } from './token-update.js';
import { Waiters } from './waiters.js';

export interface AccessTokenSourceOptions {
  readonly request: TokenRequester;
  /** Must not throw. */
  readonly onUpdate: (update: TokenUpdate) => void;
  readonly clock: Clock;
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
  /** Whether the page is visible; a hidden page renews no token ahead of time. */
  readonly isVisible: () => boolean;
  readonly isOnline: () => boolean;
  /** The subject that the first token must have; `undefined` lets the first response decide. */
  readonly expectedSubject?: TokenSubject | undefined;
  /** Whether the backend may name another subject although the configuration is the same. `true` by default. */
  readonly isVerifiable?: (() => boolean) | undefined;
}

/** The SDK holds back all its requests until its refresh hook resolves. */
const REFRESH_HOOK_TIMEOUT_MS = 2_500;
/** Longest wait for a token: as long as a visitor waits for a sent message. */
export const TOKEN_TIMEOUT_MS = 15_000;
/** `setTimeout` overflows beyond 24.8 days and drifts during sleep, so the clock is read at least this often. */
const MAX_TIMER_MS = 60_000;
/** Longest delay of a pending retry once a caller waits, or the page is online or visible again. */
const EXPEDITED_RETRY_MS = 1_000;
const JUST_ISSUED_MS = 5_000;
const REJECTIONS_PER_WINDOW = 3;
const REJECTION_WINDOW_MS = 60_000;

export class AccessTokenSource {
  /** Records when the backend last confirmed the subject, and what has happened since. */
  readonly proof = new SubjectProof();
  /** Whether a gateway issued these tokens. The gateway is then the chat's API. */
  isGateway = false;
  readonly #options: AccessTokenSourceOptions;
  readonly #abort = new AbortController();
  readonly #waiters: Waiters;
  readonly #rejected = new RejectedTokens();
  readonly #rejections = new SlidingWindow(REJECTIONS_PER_WINDOW, REJECTION_WINDOW_MS);
  #subject: TokenSubject | undefined;
  #token: AccessToken | undefined;
  #hasIssued = false;
  /** Reason of the next request. */
  #reason: TokenReason = TokenReason.Initial;
  #inFlight: Promise<void> | undefined;
  #attempt = 0;
  #failuresInARow = 0;
  #retry: PendingRetry | undefined;
  #isStopped = false;
  #cancelTimer = (): void => {};
  readonly #verifier: SubjectVerifier;

  constructor(options: AccessTokenSourceOptions) {
    this.#options = options;
    this.#subject = options.expectedSubject;
    this.#waiters = new Waiters(options.timers, () => this.#usableValue());
    const { clock, timers, isVisible, random } = options;
    const { signal } = this.#abort;
    const requestSubject = () => options.request({ reason: TokenReason.Verify, signal });
    this.#verifier = new SubjectVerifier({
      requestSubject,
      proof: this.proof,
      tokens: this.#createTokenRequests(),
      clock,
      timers,
      isVisible,
      random,
      signal,
    });
  }

  /** The subject of these tokens, if the backend names it. */
  get subject(): string | undefined {
    return this.#subject?.subject;
  }

  /** Requests the first token, now or as soon as the page is visible. */
  start(): void {
    this.#schedule();
  }

  /**
   * Resolves with a token that will still be valid when it arrives at the API, or with `''` if there is none within 15 s. For the SDK's
   * request interceptor.
   */
  getToken(): Promise<string> {
    const value = this.#usableValue();
    if (value === '') return this.#nextToken(TOKEN_TIMEOUT_MS);
    this.#schedule();
    return Promise.resolve(value);
  }

  /**
   * Resolves with a token other than the one that the API has just rejected, or with `''` after 2.5 s. Never rejects: one rejection would
   * disable the SDK's refresh until the page is reloaded (SDK `utils/mini-coze-api`, `refreshTokenPromise`). For the SDK's `onRefreshToken`
   * hook, which passes `''` if it does not know the rejected token.
   */
  refreshAfterRejection(rejectedToken: string): Promise<string> {
    this.#rejected.add(rejectedToken);
    const value = this.#usableValue();
    if (value !== '' && (rejectedToken === '' ? this.#isJustIssued() : value !== rejectedToken)) return Promise.resolve(value);
    if (this.#isFirstRejection(rejectedToken)) this.#invalidate(rejectedToken);
    return this.#nextToken(REFRESH_HOOK_TIMEOUT_MS);
  }

  /**
   * Requests a token now, independent of the present token's age, even after the source has stopped. Resolves with the response, or when the
   * source is disposed.
   */
  refresh(): Promise<void> {
    const { signal } = this.#abort;
    this.#isStopped = signal.aborted;
    this.#rejections.reset();
    this.#reason = TokenReason.Manual;
    return new Promise((resolve) => {
      const settle = (): void => {
        signal.removeEventListener('abort', settle);
        resolve();
      };
      signal.addEventListener('abort', settle);
      void this.#refresh().then(settle);
    });
  }

  /** Shortens a pending retry, because the network is back or the page is visible again. */
  retryNow(): void {
    const { random } = this.#options;
    this.#failuresInARow = 0;
    this.#retry = this.#retry?.expedited(this.#retry.ageMs(this.#now()) + EXPEDITED_RETRY_MS * random());
    this.#schedule();
  }

  get hasUsableToken(): boolean {
    return this.#usableValue() !== '';
  }

  /** Whether the backend has confirmed the subject recently, or cannot be asked for it. */
  get isProven(): boolean {
    return this.#verifier.isProven;
  }

  /** Called when the window has the focus again. The person at it may be another visitor. */
  noteReturn(): void {
    this.proof.noteReturn();
    this.revalidateSubject();
  }

  /**
   * Requests the subject, or a token if one is due. Resolves with whether the subject is proven: when the response has arrived, when the
   * source stops, or when `caller` aborts. Without `caller`, nothing waits for the response. Never rejects.
   */
  verify(caller?: AbortSignal): Promise<boolean> {
    return this.#verifier.verify(caller);
  }

  /** Requests the subject again when the last confirmation is too old, now or as soon as it will be: another visitor may have signed in. */
  revalidateSubject(): void {
    if (this.#token !== undefined && this.#isVerifiable) this.#verifier.handleReturn();
  }

  /** The host has replaced its `getToken`; the new function may return another visitor's tokens. */
  handleReplacement(): void {
    this.#verifier.handleReplacement();
  }

  /** Drops the token, aborts the request, resolves all waiters with `''`. Final. */
  dispose(): void {
    this.#abort.abort();
    this.#rejected.clear();
    this.#stop();
  }

  get #isVerifiable(): boolean {
    return this.subject !== undefined && this.#options.isVerifiable?.() !== false;
  }

  #createTokenRequests(): TokenRequests {
    return {
      isStopped: () => this.#isStopped,
      isVerifiable: () => this.#isVerifiable,
      isTokenDue: (now) => this.#token === undefined || this.#token.refreshDueInMs(now) <= 0,
      isForbidden: (now) => this.#retry?.forbids(now) === true,
      inFlight: () => this.#inFlight,
      refresh: () => this.#refresh(),
      handleSubject: (fields, question) => this.#handleSubject(fields, question),
      handleUnverified: (failure) => this.#handleUnverified(failure),
    };
  }

  #now(): Instant {
    return this.#options.clock.now();
  }

  #usableValue(): string {
    return this.#token?.isUsable(this.#now()) === true ? this.#token.value : '';
  }

  #isJustIssued(): boolean {
    return this.#token !== undefined && this.#token.ageMs(this.#now()) < JUST_ISSUED_MS;
  }

  /** Whether this is the first rejection of the token. It counts once, even if it has failed several requests. */
  #isFirstRejection(rejected: string): boolean {
    if (rejected !== '') return rejected === this.#token?.value;
    return this.#usableValue() !== '' && this.#inFlight === undefined && this.#retry === undefined;
  }

  #invalidate(rejected: string): void {
    if (rejected !== '') this.#token = undefined;
    this.#reason = TokenReason.Rejected;
    if (!this.#rejections.tryAcquire(this.#now())) this.#fail(tokensRejectedFailure, TokenReason.Rejected, this.#attempt + 1);
  }

  #nextToken(deadlineMs: number): Promise<string> {
    if (this.#isStopped) return Promise.resolve('');
    const token = this.#waiters.wait(deadlineMs);
    this.#retry = this.#retry?.expedited(EXPEDITED_RETRY_MS);
    this.#schedule();
    return token;
  }

  /** Requests a token if one is due and needed; otherwise sets a timer. */
  #schedule(): void {
    this.#cancelTimer();
    if (!this.#options.isVisible() && !this.#waiters.hasPending) return;
    const dueInMs = this.#dueInMs();
    if (dueInMs <= 0) void this.#refresh();
    // Rounded up: timers drop fractions, and a timer that fires too early would only be set again.
    else this.#cancelTimer = this.#options.timers.set(() => this.#schedule(), Math.min(Math.ceil(dueInMs), MAX_TIMER_MS));
  }

  #dueInMs(): number {
    const now = this.#now();
    const isAwaited = this.#waiters.hasPending;
    if (this.#retry !== undefined) return this.#retry.dueInMs(now, isAwaited || this.#options.isOnline());
    if (this.#token === undefined || isAwaited) return 0;
    return this.#token.refreshDueInMs(now);
  }

  /** Starts in a microtask, so that `#inFlight` is set before `onUpdate` can call this again. */
  #refresh(): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    if (this.#inFlight === undefined) {
      const question = this.#verifier.beginTokenRequest();
      this.#inFlight = Promise.resolve().then(() => this.#request(question));
    }
    return this.#inFlight;
  }

  async #request(question: number): Promise<void> {
    const { request, onUpdate } = this.#options;
    const reason = this.#reason;
    const attempt = ++this.#attempt;
    if (!this.#isStopped) onUpdate({ phase: 'requested', reason, attempt });
    const answer = this.#isStopped ? undefined : await request({ reason, signal: this.#abort.signal });
    this.#inFlight = undefined;
    if (answer === undefined || this.#isStopped) return;
    this.#handleResult(answer, reason, attempt, question);
    this.#schedule();
  }

  #handleResult(
    answer: Result<AccessTokenFields | ConfirmedSubject, TokenFailure>,
    reason: TokenReason,
    attempt: number,
    question: number,
  ): void {
    if (!answer.ok) return this.#fail(answer.error, reason, attempt);
    const fields = answer.value;
    if (!('value' in fields)) return this.#fail(invalidResponse('The token response has no "access_token".'), reason, attempt);
    if (this.#subject !== undefined && this.#subject.subject !== fields.subject)
      return this.#handleForeign(fields.subject, reason, attempt);
    this.proof.confirm(question, fields.requestedAt);
    if (this.#rejected.has(fields.value)) {
      this.#reason = TokenReason.Rejected;
      return this.#fail(this.#rejections.tryAcquire(this.#now()) ? staleTokenFailure : tokensRejectedFailure, reason, attempt);
    }
    this.#store(fields, reason, attempt);
    if (fields.isNewVisitor === true) {
      this.proof.doubt();
      void this.verify();
    }
  }

  #handleSubject(fields: AccessTokenFields | ConfirmedSubject, question: number): void {
    const { subject, requestedAt } = fields;
    if (subject !== this.subject) return this.#handleForeign(subject, TokenReason.Verify, 1);
    this.proof.confirm(question, requestedAt);
    if ('value' in fields && !this.#rejected.has(fields.value)) this.#store(fields, TokenReason.Verify, 1);
    else this.#options.onUpdate({ phase: 'verified', reason: TokenReason.Verify, attempt: 1, subject });
    this.#schedule();
  }

  #handleUnverified(cause: TokenFailure): TokenFailure | undefined {
    const failure = softenWhileTokenValid(cause);
    if (failure.kind === 'terminal') return void this.#fail(failure, TokenReason.Verify, 1);
    this.#options.onUpdate({ phase: 'unverified', reason: TokenReason.Verify, attempt: 1, failure });
    return failure;
  }

  #handleForeign(subject: string | undefined, reason: TokenReason, attempt: number): void {
    this.dispose();
    this.#options.onUpdate({ phase: 'subject-changed', reason, attempt, subject });
  }

  #store(fields: AccessTokenFields, reason: TokenReason, attempt: number): void {
    const token = new AccessToken(fields, this.#options.random);
    const { subject, expiresAtMs, refreshAtMs } = token;
    const phase = this.#hasIssued ? 'refreshed' : 'issued';
    this.#hasIssued = true;
    this.#subject = { subject };
    this.isGateway = fields.isGateway === true;
    this.#token = token;
    this.#reason = TokenReason.Expiring;
    this.#attempt = 0;
    this.#failuresInARow = 0;
    this.#retry = undefined;
    this.#waiters.resolveAll();
    this.#options.onUpdate({ phase, reason, attempt, expiresAtMs, refreshAtMs, subject });
  }

  #fail(cause: TokenFailure, reason: TokenReason, attempt: number): void {
    const { isOnline, onUpdate, random } = this.#options;
    const failure = this.#usableValue() === '' ? cause : softenWhileTokenValid(cause);
    const now = this.#now();
    if (failure.kind === 'terminal') {
      this.#stop();
      return onUpdate({ phase: 'failed', reason, attempt, failure, retryAtMs: undefined });
    }
    const delayMs = retryDelayMs(failure, ++this.#failuresInARow, random);
    this.#retry = new PendingRetry(now, delayMs, failure.retryAfterMs);
    onUpdate({ phase: 'failed', reason, attempt, failure, retryAtMs: now.wallMs + this.#retry.dueInMs(now, isOnline()) });
  }

  /** Stops until the next {@link refresh}; for good if disposed. */
  #stop(): void {
    this.#isStopped = true;
    this.#token = undefined;
    this.#retry = undefined;
    this.#cancelTimer();
    this.#verifier.cancel();
    this.#waiters.resolveAll();
  }
}
