/** An access token together with what is known of its life and its owner. */
import { elapsedMs, type Instant } from '../core/clock.js';

/** Refresh between these shares of a token's life: late enough to be rare, early enough to sit out an outage of 0.4 lives. */
const EARLIEST_REFRESH_SHARE = 0.5;
const LATEST_REFRESH_SHARE = 0.6;
/** Even a token that lives for a second is not refreshed ahead more often than this. */
const SHORTEST_REFRESH_INTERVAL_MS = 15_000;
/** A token that is about to expire would be refused on arrival. */
const LONGEST_MARGIN_MS = 10_000;
const MARGIN_SHARE = 0.25;

export interface AccessTokenFields {
  readonly value: string;
  /** Opaque fingerprint of the owner; `undefined` when the backend does not tell. */
  readonly subject: string | undefined;
  /** When the request for it was *sent*: the earliest moment its life can have begun. */
  readonly requestedAt: Instant;
  readonly lifetimeMs: number;
  /** The backend has only just made this visitor up, by a cookie that the browser may or may not keep. */
  readonly isNewVisitor?: boolean | undefined;
  /** The API of the chat is a gateway, which issued it. */
  readonly isGateway?: boolean | undefined;
}

/** What a backend may answer where no other token is wanted: whose the tokens are. */
export type ConfirmedSubject = Pick<AccessTokenFields, 'requestedAt'> & { readonly subject: string };

/** `value` is a private field behind a getter, so that printing or serialising a token shows nothing. */
export class AccessToken {
  readonly subject: string | undefined;
  readonly requestedAt: Instant;
  readonly lifetimeMs: number;
  /** Age at which it is due to be replaced. */
  readonly refreshAgeMs: number;
  readonly #value: string;

  /** `random` in [0, 1) spreads the refreshes of many tabs that were opened at once. */
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

  /** Epoch milliseconds by this machine's clock at which it is due to be replaced. */
  get refreshAtMs(): number {
    return this.requestedAt.wallMs + this.refreshAgeMs;
  }

  ageMs(now: Instant): number {
    return elapsedMs(this.requestedAt, now);
  }

  /** Whether it will still be valid when a request that is sent now arrives. */
  isUsable(now: Instant): boolean {
    return this.ageMs(now) < this.lifetimeMs - Math.min(this.lifetimeMs * MARGIN_SHARE, LONGEST_MARGIN_MS);
  }

  /** Milliseconds until it is due to be replaced; zero or less means now. */
  refreshDueInMs(now: Instant): number {
    return this.refreshAgeMs - this.ageMs(now);
  }
}
