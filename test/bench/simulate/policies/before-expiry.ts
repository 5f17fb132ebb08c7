/**
 * The rule of most libraries: refresh a fixed time before the expiry. Only this threshold is theirs. Retries, safety margin and time limit
 * of a message are ours, which flatters them: oidc-client-ts, for one, does not retry by itself after most failures.
 */
import { AccessToken } from '../../../../src/token/access-token.js';
import { PendingRetry, retryDelayMs } from '../../../../src/token/source/backoff.js';
import { Waiters } from '../../../../src/token/source/waiters.js';
import { unavailable } from '../../../../src/token/token-failure.js';
import type { PolicyFactory, Tab, TokenPolicy } from '../policy.js';

const PATIENCE_MS = 15_000;
const HASTENED_RETRY_MS = 1_000;

export const beforeExpiry =
  (thresholdMs: number): PolicyFactory =>
  (tab) =>
    new BeforeExpiry(tab, thresholdMs);

class BeforeExpiry implements TokenPolicy {
  readonly #tab: Tab;
  readonly #thresholdMs: number;
  readonly #waiters: Waiters;
  #token: AccessToken | undefined;
  #retry: PendingRetry | undefined;
  #failuresInARow = 0;
  #isAsking = false;
  #isStopped = false;
  #cancelTimer = (): void => {};

  constructor(tab: Tab, thresholdMs: number) {
    this.#tab = tab;
    this.#thresholdMs = thresholdMs;
    this.#waiters = new Waiters(tab.timers, () => this.#usable() ?? '');
  }

  start(): void {
    this.#check();
  }

  async beforeSend(): Promise<string | undefined> {
    return this.#usable() ?? (await this.#next());
  }

  afterRefusal(): Promise<string | undefined> {
    this.#token = undefined;
    return this.#next();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelTimer();
    this.#waiters.resolveAll();
  }

  async #next(): Promise<string | undefined> {
    const token = this.#waiters.wait(PATIENCE_MS);
    this.#retry = this.#retry?.expedited(HASTENED_RETRY_MS);
    this.#check();
    return (await token) || undefined;
  }

  #usable(): string | undefined {
    return this.#token?.isUsable(this.#tab.clock.now()) === true ? this.#token.value : undefined;
  }

  #check(): void {
    this.#cancelTimer();
    if (this.#isAsking || this.#isStopped) return;
    const dueInMs = this.#dueInMs();
    if (dueInMs <= 0) void this.#ask();
    else this.#cancelTimer = this.#tab.timers.set(() => this.#check(), dueInMs);
  }

  #dueInMs(): number {
    const now = this.#tab.clock.now();
    if (this.#retry !== undefined) return this.#retry.dueInMs(now, true);
    if (this.#token === undefined || this.#waiters.hasPending) return 0;
    return this.#token.lifetimeMs - this.#thresholdMs - this.#token.ageMs(now);
  }

  async #ask(): Promise<void> {
    const { endpoint, random, clock } = this.#tab;
    this.#isAsking = true;
    const token = await endpoint.request();
    this.#isAsking = false;
    if (token === undefined) {
      this.#retry = new PendingRetry(clock.now(), retryDelayMs(unavailable('down'), ++this.#failuresInARow, random));
    } else {
      this.#token = new AccessToken({ ...token, subject: undefined }, random);
      this.#retry = undefined;
      this.#failuresInARow = 0;
      this.#waiters.resolveAll();
    }
    this.#check();
  }
}
