/**
 * The token endpoint of the isolation harness. It identifies the visitor by the cookie of the request, responds when the scheduler says so,
 * even if the request was aborted (a host's own function may ignore the signal, and a response may already have arrived), and records the
 * owner of each token.
 */
import type fc from 'fast-check';
import type { Instant } from '../../src/core/clock.js';
import { fail, type Result, succeed } from '../../src/core/result.js';
import type { AccessTokenFields, ConfirmedSubject } from '../../src/token/access-token.js';
import { TokenReason } from '../../src/token/protocol.js';
import type { TokenRequestContext } from '../../src/token/request/token-requester.js';
import { invalidResponse, misconfigured, signedOut, type TokenFailure, unavailable } from '../../src/token/token-failure.js';
import type { Fault, Visitor } from './isolation-steps.js';

export interface Minted extends AccessTokenFields {
  readonly subject: Visitor;
  /** The number of the login that set the cookie. */
  readonly logIn: number;
  /** On the only clock that is always right. */
  readonly mintedMs: number;
}

interface Request {
  readonly reason: TokenReason;
  readonly cookie: Visitor | undefined;
  readonly logIn: number;
  readonly sentAt: Instant;
  readonly sentMs: number;
  readonly signal: AbortSignal;
}

const DEADLINE_MS = 10_000;
const LIVES_MS = [4_000, 60_000, 3_600_000];
const failures: Readonly<Record<Fault, TokenFailure>> = {
  down: unavailable('503'),
  busy: unavailable('429', 1_000),
  nonsense: invalidResponse('html'),
  gone: misconfigured('404'),
};

export class IsolationEndpoint {
  readonly tokens = new Map<string, Minted>();
  readonly #scheduler: fc.Scheduler;
  readonly #nowMs: () => number;
  #cookie: Visitor | undefined = 'alice';
  #logIn = 0;
  #faults: readonly TokenFailure[] = [];
  #repeats = false;
  #underWay: readonly Request[] = [];

  constructor(scheduler: fc.Scheduler, nowMs: () => number) {
    this.#scheduler = scheduler;
    this.#nowMs = nowMs;
  }

  get cookie(): Visitor | undefined {
    return this.#cookie;
  }

  get logIn(): number {
    return this.#logIn;
  }

  /** Requests that were not aborted. */
  get awaited(): number {
    return this.#awaited.length;
  }

  /** Requests of the same kind: for a token, or only for the subject. */
  awaitedLike(reason: TokenReason): number {
    return this.#awaited.filter((other) => (other.reason === TokenReason.Verify) === (reason === TokenReason.Verify)).length;
  }

  get #awaited(): readonly Request[] {
    return this.#underWay.filter(({ signal }) => !signal.aborted);
  }

  become(visitor: Visitor | undefined): void {
    this.#cookie = visitor;
    this.#logIn++;
  }

  /** The next `times` responses are this fault. */
  breakDown(fault: Fault, times: number): void {
    this.#faults = Array.from({ length: times }, () => failures[fault]);
  }

  /** The next response repeats the last token of this login. */
  repeatOnce(): void {
    this.#repeats = true;
  }

  recover(): void {
    this.#faults = [];
    this.#repeats = false;
  }

  async answer(
    { reason, signal }: TokenRequestContext,
    sentAt: Instant,
  ): Promise<Result<AccessTokenFields | ConfirmedSubject, TokenFailure>> {
    const request: Request = { reason, cookie: this.#cookie, logIn: this.#logIn, sentAt, sentMs: this.#nowMs(), signal };
    this.#underWay = [...this.#underWay, request];
    await this.#scheduler.schedule(Promise.resolve(), 'answer');
    this.#underWay = this.#underWay.filter((other) => other !== request);
    return this.#check(request);
  }

  #check({ reason, cookie, logIn, sentAt, sentMs }: Request): Result<AccessTokenFields | ConfirmedSubject, TokenFailure> {
    if (this.#nowMs() - sentMs > DEADLINE_MS) return fail(unavailable('late'));
    const [fault, ...faults] = this.#faults;
    this.#faults = faults;
    if (fault !== undefined) return fail(fault);
    if (cookie === undefined) return fail(signedOut('401'));
    if (reason === TokenReason.Verify) return succeed({ subject: cookie, requestedAt: sentAt });
    const repeated = this.#repeats ? this.#lastOf(cookie, logIn) : undefined;
    this.#repeats = false;
    return succeed(repeated ?? this.#mint(cookie, logIn, sentAt, sentMs));
  }

  #lastOf(cookie: Visitor, logIn: number): Minted | undefined {
    return [...this.tokens.values()].findLast((token) => token.subject === cookie && token.logIn === logIn);
  }

  #mint(subject: Visitor, logIn: number, requestedAt: Instant, mintedMs: number): Minted {
    const count = this.tokens.size;
    const token = { value: `token-${count}`, subject, logIn, requestedAt, mintedMs, lifetimeMs: LIVES_MS[count % LIVES_MS.length] ?? 0 };
    this.tokens.set(token.value, token);
    return token;
  }
}
