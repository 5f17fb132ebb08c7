/** A token endpoint for tests: the test decides each response and its time. */
import type { Clock, Instant } from '../../src/core/clock.js';
import { fail, type Result, succeed } from '../../src/core/result.js';
import type { AccessTokenFields, ConfirmedSubject } from '../../src/token/access-token.js';
import type { TokenRequestContext, TokenRequester } from '../../src/token/request/token-requester.js';
import { type TokenFailure, unavailable } from '../../src/token/token-failure.js';
import { flushMicrotasks } from './virtual-time.js';

export interface RequestSeen extends TokenRequestContext {
  readonly at: Instant;
  answer(answer: Result<AccessTokenFields | ConfirmedSubject, TokenFailure>): Promise<void>;
}

export type TokenChanges = Partial<Omit<AccessTokenFields, 'requestedAt'>>;

export class ScriptedRequester {
  readonly seen: RequestSeen[] = [];
  readonly #clock: Clock;
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly request: TokenRequester = (context) =>
    new Promise((resolve) => {
      const answer = (result: Result<AccessTokenFields | ConfirmedSubject, TokenFailure>): Promise<void> => {
        resolve(result);
        return flushMicrotasks();
      };
      this.seen.push({ ...context, at: this.#clock.now(), answer });
    });

  get last(): RequestSeen {
    const last = this.seen.at(-1);
    if (last === undefined) throw new Error('No token was asked for.');
    return last;
  }

  /** Answers the last request with a token: by default a new value each time, valid for an hour. */
  async succeed(changes: TokenChanges = {}): Promise<string> {
    const value = changes.value ?? `token-${++this.#count}`;
    const { at, answer } = this.last;
    await answer(succeed({ subject: 'alice', requestedAt: at, lifetimeMs: 3_600_000, ...changes, value }));
    return value;
  }

  /** Answers the last request with the subject only. */
  confirm(subject = 'alice'): Promise<void> {
    const { at, answer } = this.last;
    return answer(succeed({ subject, requestedAt: at }));
  }

  /** Answers the last request with a failure. */
  fail(failure: TokenFailure = unavailable('down')): Promise<void> {
    return this.last.answer(fail(failure));
  }
}
