/** A token endpoint in virtual time, with outages, and the API that accepts its tokens. */
import { type Clock, delay, type Instant, type Timers } from '../../../src/core/clock.js';

export interface Outage {
  readonly fromMs: number;
  readonly lengthMs: number;
}

export interface EndpointConditions {
  readonly lifetimeMs: number;
  /** Share of the requests that fail at random, in addition to the outages. */
  readonly faultShare: number;
  /** In order, in milliseconds since the endpoint started. */
  readonly outages: readonly Outage[];
  /** One more outage, which begins with the second request: the one that renews the first token. */
  readonly outageAtRefreshMs: number;
}

export interface EndpointTime {
  readonly clock: Clock;
  readonly timers: Timers;
}

export interface IssuedToken {
  readonly value: string;
  readonly requestedAt: Instant;
  readonly lifetimeMs: number;
}

const ANSWER_MS = { fastest: 50, slowest: 500 };
/** The time-out of a gateway, and the deadline of our own request. */
const TIMEOUT_MS = 10_000;
/** From the browser to the API. */
const IN_FLIGHT_MS = 200;

export class SimulatedEndpoint {
  readonly #time: EndpointTime;
  readonly #conditions: EndpointConditions;
  readonly #random: () => number;
  readonly #startMs: number;
  readonly #expiresAtMs = new Map<string, number>();
  readonly #callsAtMs: number[] = [];
  #outages: readonly Outage[];
  #expiredRequests = 0;

  constructor(time: EndpointTime, conditions: EndpointConditions, random: () => number) {
    this.#time = time;
    this.#conditions = conditions;
    this.#random = random;
    this.#startMs = time.clock.now().wallMs;
    this.#outages = conditions.outages;
  }

  /** Times of the requests, in milliseconds since the start. */
  get callsAtMs(): readonly number[] {
    return this.#callsAtMs;
  }

  get issued(): number {
    return this.#expiresAtMs.size;
  }

  /** Requests that reached the API with an expired token. */
  get expiredRequests(): number {
    return this.#expiredRequests;
  }

  /** A token, or `undefined` if the request failed: half of the failures come at once, half as a time-out. */
  async request(): Promise<IssuedToken | undefined> {
    const { lifetimeMs, faultShare, outageAtRefreshMs } = this.#conditions;
    const requestedAt = this.#time.clock.now();
    this.#callsAtMs.push(this.#nowMs);
    if (this.#callsAtMs.length === 2 && outageAtRefreshMs > 0) {
      this.#outages = [...this.#outages, { fromMs: this.#nowMs, lengthMs: outageAtRefreshMs }];
    }

    const isFault = this.#random() < faultShare;
    const isTimeout = this.#random() < 0.5;
    const answerMs = ANSWER_MS.fastest + (ANSWER_MS.slowest - ANSWER_MS.fastest) * this.#random();
    const fails = isFault || this.#isDown();
    await delay(fails && isTimeout ? TIMEOUT_MS : answerMs, this.#time.timers);
    if (fails || this.#isDown()) return undefined;

    const value = `token-${this.#expiresAtMs.size + 1}`;
    // Counted from the request, which gives the shortest lifetime.
    this.#expiresAtMs.set(value, requestedAt.wallMs + lifetimeMs);
    return { value, requestedAt, lifetimeMs };
  }

  /** Whether the API accepts a request that is sent now with `token`. */
  accepts(token: string): boolean {
    const expiresAtMs = this.#expiresAtMs.get(token);
    if (expiresAtMs === undefined) return false;
    const isValid = this.#time.clock.now().wallMs + IN_FLIGHT_MS < expiresAtMs;
    if (!isValid) this.#expiredRequests++;
    return isValid;
  }

  get #nowMs(): number {
    return this.#time.clock.now().wallMs - this.#startMs;
  }

  #isDown(): boolean {
    const nowMs = this.#nowMs;
    this.#outages = this.#outages.filter(({ fromMs, lengthMs }) => nowMs < fromMs + lengthMs);
    return this.#outages.some(({ fromMs }) => fromMs <= nowMs);
  }
}
