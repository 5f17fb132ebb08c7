/**
 * Keeps one identity's access token fresh. One request in flight, refreshed ahead of time, never handed out when expired or
 * refused, and silent after {@link AccessTokenSource.dispose}. A changed identity gets a new source; a source never changes hands.
 */
import { ErrorCode } from '../errors.js';
import { AccessToken } from './access-token.js';
import { type TokenFailure, unavailable } from './failure.js';
import { type TokenRequester } from './requester.js';
import { RateWindow } from './rate-window.js';
import { retryDelayMs } from './retry.js';
import { type Clock, type Instant, type Timers, elapsedMs } from './time.js';
import { TokenReason } from './wire.js';

/** What happened to the token. None of them carries it. */
export type TokenUpdate =
  | { readonly phase: 'requested'; readonly reason: TokenReason; readonly attempt: number }
  | {
      readonly phase: 'issued' | 'refreshed';
      readonly reason: TokenReason;
      readonly attempt: number;
      readonly expiresAtMs: number;
      readonly refreshAtMs: number;
      readonly subject: string | undefined;
    }
  | {
      readonly phase: 'failed';
      readonly reason: TokenReason;
      readonly attempt: number;
      readonly failure: TokenFailure;
      readonly retryAtMs: number | undefined;
    }
  /** The answer belongs to somebody else. The source has disposed of itself. */
  | { readonly phase: 'foreign'; readonly reason: TokenReason; readonly attempt: number };

export interface AccessTokenSourceOptions {
  readonly request: TokenRequester;
  readonly onUpdate: (update: TokenUpdate) => void;
  readonly clock: Clock;
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
  /** Whether anybody looks: hidden pages keep nothing fresh ahead of time. */
  readonly isVisible: () => boolean;
  readonly isOnline: () => boolean;
}

/** The SDK waits for its hook with every request stalled behind it. */
const HOOK_DEADLINE_MS = 2_500;
/** A request may wait for a token as long as a visitor waits for a sent message. */
const FRESH_DEADLINE_MS = 15_000;
/** `setTimeout` overflows beyond 24.8 days and drifts during sleep: look at the clock at least this often. */
const LONGEST_TIMER_MS = 60_000;
/** `navigator.onLine` may lie: while it says offline, try now and then all the same. */
const OFFLINE_RETRY_MS = 60_000;
const SHORTEST_RETRY_MS = 1_000;
/** A token that is about to expire would be refused on arrival. */
const LONGEST_MARGIN_MS = 10_000;
const MARGIN_SHARE = 0.25;
const JUST_ISSUED_MS = 5_000;
const FORCED_REFRESHES_PER_WINDOW = 3;
const FORCED_WINDOW_MS = 60_000;
/** A late request can bring back only a token that was current a moment ago. */
const REFUSED_TOKENS_REMEMBERED = 8;

interface PendingRetry {
  readonly reason: TokenReason;
  readonly since: Instant;
  readonly delayMs: number;
  /** The endpoint named the delay; nobody cuts it short. */
  readonly obeyed: boolean;
}

export class AccessTokenSource {
  readonly #options: AccessTokenSourceOptions;
  readonly #abort = new AbortController();
  readonly #waiting = new Set<() => void>();
  readonly #forced = new RateWindow(FORCED_REFRESHES_PER_WINDOW, FORCED_WINDOW_MS);
  #refused: readonly string[] = [];
  #token: AccessToken | undefined;
  #boundSubject: { readonly subject: string | undefined } | undefined;
  #flight: Promise<void> | undefined;
  #failures = 0;
  #retry: PendingRetry | undefined;
  #stopped = false;
  #cancelTimer = (): void => {};

  constructor(options: AccessTokenSourceOptions) {
    this.#options = options;
  }

  /** Whose tokens these are, as far as the backend tells. */
  get subject(): string | undefined {
    return this.#boundSubject?.subject;
  }

  /** Asks for the first token, now or as soon as the page is looked at. */
  start(): void {
    this.#check();
  }

  /** A token that will still be valid on arrival at the API, or `''` when none came within 15 s. For the SDK's request interceptor. */
  fresh(): Promise<string> {
    const usable = this.#usableValue();
    if (usable !== '' && this.#dueInMs() <= 0) this.#renewInBackground(TokenReason.Expiring);
    if (usable !== '' || this.#stopped) return Promise.resolve(usable);
    if (!this.#mustWait()) this.#renewInBackground(this.#nextReason());
    return this.#nextToken(FRESH_DEADLINE_MS);
  }

  /**
   * A token other than the one the API has just refused, or `''` by 2.5 s. Never rejects: one rejection would leave the SDK's
   * refresh dead until reload (SDK `utils/mini-coze-api`, `refreshTokenPromise`). For the SDK's `onRefreshToken` hook.
   */
  replace(refused: string): Promise<string> {
    const current = this.#usableValue();
    const isUnknown = refused === '';
    if (current !== '' && (isUnknown ? this.#isJustIssued() : current !== refused)) return Promise.resolve(current);
    if (this.#stopped) return Promise.resolve('');

    const isForced = isUnknown || this.#token?.value === refused;
    if (!isUnknown) this.#refuse(refused);
    if (isForced && this.#flight === undefined && !this.#forced.admit(this.#now())) {
      this.#stop({
        kind: 'terminal',
        code: ErrorCode.TokenRejected,
        message: 'Coze refuses fresh tokens too. Check that bot-id, api-base-url and the OAuth app belong together.',
      });
      return Promise.resolve('');
    }
    if (!this.#mustWait()) this.#renewInBackground(TokenReason.Rejected);
    return this.#nextToken(HOOK_DEADLINE_MS);
  }

  /** Asks now, whatever the token's age, also after the source had given up. Resolves when the answer is in. */
  refresh(): Promise<void> {
    this.#stopped = this.#abort.signal.aborted;
    this.#forced.reset();
    return this.#renew(TokenReason.Manual);
  }

  /** Looks at the clock again: the page became visible, the network came back, the machine woke up. */
  wake(): void {
    if (this.#retry !== undefined && !this.#retry.obeyed) {
      this.#retry = { ...this.#retry, since: this.#now(), delayMs: SHORTEST_RETRY_MS * this.#options.random() };
    }
    this.#check();
  }

  /** Drops the token, aborts the request, answers everybody who waits with `''`. Final. */
  dispose(): void {
    this.#stopped = true;
    this.#token = undefined;
    this.#abort.abort();
    this.#cancelTimer();
    this.#answerWaiting();
  }

  #now(): Instant {
    return this.#options.clock.now();
  }

  #usableValue(): string {
    if (this.#token === undefined) return '';
    const { lifeMs, requestedAt, value } = this.#token;
    const marginMs = Math.min(lifeMs * MARGIN_SHARE, LONGEST_MARGIN_MS);
    return elapsedMs(requestedAt, this.#now()) < lifeMs - marginMs ? value : '';
  }

  #isJustIssued(): boolean {
    return this.#token !== undefined && elapsedMs(this.#token.requestedAt, this.#now()) < JUST_ISSUED_MS;
  }

  #refuse(value: string): void {
    this.#refused = [...this.#refused, value].slice(-REFUSED_TOKENS_REMEMBERED);
    if (this.#token?.value === value) this.#token = undefined;
  }

  #mustWait(): boolean {
    if (this.#retry === undefined) return false;
    const waitedMs = elapsedMs(this.#retry.since, this.#now());
    return waitedMs < (this.#retry.obeyed ? this.#retry.delayMs : Math.min(SHORTEST_RETRY_MS, this.#retry.delayMs));
  }

  #dueInMs(): number {
    const now = this.#now();
    if (this.#retry !== undefined) return this.#retry.delayMs - elapsedMs(this.#retry.since, now);
    return this.#token === undefined ? 0 : this.#token.refreshDueInMs(now);
  }

  #nextReason(): TokenReason {
    return this.#retry?.reason ?? (this.#token === undefined ? TokenReason.Initial : TokenReason.Expiring);
  }

  #check(): void {
    this.#cancelTimer();
    if (this.#stopped || this.#flight !== undefined) return;
    if (!this.#options.isVisible() && this.#waiting.size === 0) return;
    const dueInMs = this.#dueInMs();
    if (dueInMs <= 0) this.#renewInBackground(this.#nextReason());
    else this.#cancelTimer = this.#options.timers.set(() => this.#check(), Math.min(dueInMs, LONGEST_TIMER_MS));
  }

  #renewInBackground(reason: TokenReason): void {
    void this.#renew(reason);
  }

  #renew(reason: TokenReason): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#flight ??= this.#ask(reason).finally(() => {
      this.#flight = undefined;
      this.#check();
    });
    return this.#flight;
  }

  async #ask(reason: TokenReason): Promise<void> {
    const { request, random, onUpdate } = this.#options;
    const attempt = this.#failures + 1;
    onUpdate({ phase: 'requested', reason, attempt });
    const answer = await request({ reason, signal: this.#abort.signal });
    if (this.#stopped) return;
    if (!answer.ok) return this.#fail(answer.error, reason, attempt);

    const token = new AccessToken(answer.value, random);
    if (this.#boundSubject !== undefined && this.#boundSubject.subject !== token.subject) {
      this.dispose();
      return onUpdate({ phase: 'foreign', reason, attempt });
    }
    if (this.#refused.includes(token.value))
      return this.#fail(unavailable('The token endpoint hands out a token that Coze has refused.'), reason, attempt);
    this.#accept(token, reason, attempt);
  }

  #accept(token: AccessToken, reason: TokenReason, attempt: number): void {
    const phase = this.#boundSubject === undefined ? 'issued' : 'refreshed';
    this.#boundSubject = { subject: token.subject };
    this.#token = token;
    this.#failures = 0;
    this.#retry = undefined;
    const { expiresAtMs, subject } = token;
    this.#options.onUpdate({ phase, reason, attempt, expiresAtMs, refreshAtMs: token.requestedAt.wallMs + token.refreshAgeMs, subject });
    this.#answerWaiting();
  }

  #fail(failure: TokenFailure, reason: TokenReason, attempt: number): void {
    this.#failures = attempt;
    if (failure.kind === 'terminal') return this.#stop(failure, reason, attempt);
    const { isOnline, random } = this.#options;
    const backoffMs = retryDelayMs(attempt, random, failure.retryAfterMs);
    const now = this.#now();
    this.#retry = {
      reason,
      since: now,
      delayMs: isOnline() ? backoffMs : Math.max(backoffMs, OFFLINE_RETRY_MS),
      obeyed: failure.retryAfterMs !== undefined,
    };
    this.#options.onUpdate({ phase: 'failed', reason, attempt, failure, retryAtMs: now.wallMs + this.#retry.delayMs });
  }

  #stop(failure: TokenFailure, reason: TokenReason = TokenReason.Rejected, attempt = this.#failures + 1): void {
    this.#stopped = true;
    this.#token = undefined;
    this.#cancelTimer();
    this.#answerWaiting();
    this.#options.onUpdate({ phase: 'failed', reason, attempt, failure, retryAtMs: undefined });
  }

  #nextToken(deadlineMs: number): Promise<string> {
    return new Promise((resolve) => {
      const answer = (): void => {
        cancel();
        this.#waiting.delete(answer);
        resolve(this.#usableValue());
      };
      const cancel = this.#options.timers.set(answer, deadlineMs);
      this.#waiting.add(answer);
    });
  }

  #answerWaiting(): void {
    for (const answer of [...this.#waiting]) answer();
  }
}
