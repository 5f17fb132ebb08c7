/** An access token with its lifetime and its subject. */
import { elapsedMs, type Instant } from '../core/clock.js';

/** A token is renewed between these shares of its lifetime: late enough to be rare, early enough to survive an outage of 0.4 lifetimes. */
const EARLIEST_REFRESH_SHARE = 0.5;
const LATEST_REFRESH_SHARE = 0.6;
/** Lower bound of the renewal interval, even for a token that is valid for a second. */
const SHORTEST_REFRESH_INTERVAL_MS = 15_000;
/** A token that is about to expire could be rejected on arrival. */
const LONGEST_MARGIN_MS = 10_000;
const MARGIN_SHARE = 0.25;

export interface AccessTokenFields {
  readonly value: string;
  /** Opaque name of the token's owner; `undefined` when the backend does not send one. */
  readonly subject: string | undefined;
  /** When the request was *sent*: the earliest moment at which the lifetime can have begun. */
  readonly requestedAt: Instant;
  readonly lifetimeMs: number;
  /** Whether the backend has just created this visitor, with a cookie that the browser may not keep. */
  readonly isNewVisitor?: boolean | undefined;
  /** Whether a gateway issued the token. The gateway is then the chat's API. */
  readonly isGateway?: boolean | undefined;
}

/** A backend's response to `verify`: the subject without a token. */
export type ConfirmedSubject = Pick<AccessTokenFields, 'requestedAt'> & { readonly subject: string };

/** `value` is a private field behind a getter, so that printing or serialising a token does not reveal it. */
export class AccessToken {
  readonly subject: string | undefined;
  readonly requestedAt: Instant;
  readonly lifetimeMs: number;
  /** The age at which the token is renewed. */
  readonly refreshAgeMs: number;
  readonly #value: string;

  /** `random` in [0, 1) spreads the renewals of many tabs that were opened at once. */
  constructor({ value, subject, requestedAt, lifetimeMs }: AccessTokenFields, random: () => number) {
    this.#value = value;
    this.subject = subject;
    this.requestedAt = requestedAt;
    this.lifetimeMs = lifetimeMs;
    const share = EARLIEST_REFRESH_SHARE + (LATEST_REFRESH_SHARE - EARLIEST_REFRESH_SHARE) * random();
    this.refreshAgeMs = Math.max(lifetimeMs * share, SHORTEST_REFRESH_INTERVAL_MS);
  }

  get value(): string {
    return this.#value;
  }

  /** Epoch milliseconds by this machine's clock. */
  get expiresAtMs(): number {
    return this.requestedAt.wallMs + this.lifetimeMs;
  }

  /** Epoch milliseconds by this machine's clock at which the token is renewed. */
  get refreshAtMs(): number {
    return this.requestedAt.wallMs + this.refreshAgeMs;
  }

  ageMs(now: Instant): number {
    return elapsedMs(this.requestedAt, now);
  }

  /** Whether the token will still be valid when a request that is sent now arrives. */
  isUsable(now: Instant): boolean {
    return this.ageMs(now) < this.lifetimeMs - Math.min(this.lifetimeMs * MARGIN_SHARE, LONGEST_MARGIN_MS);
  }

  /** Milliseconds until the token is renewed; zero or less means now. */
  refreshDueInMs(now: Instant): number {
    return this.refreshAgeMs - this.ageMs(now);
  }
}
