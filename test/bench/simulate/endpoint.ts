/** A token endpoint in virtual time, with its bad days, and the API that its tokens are for. */
import { type Clock, delay, type Instant, type Timers } from '../../../src/core/clock.js';

export interface Outage {
  readonly fromMs: number;
  readonly lengthMs: number;
}

export interface EndpointConditions {
  readonly lifetimeMs: number;
  /** Share of the requests that fail by chance, whatever else is wrong. */
  readonly faultShare: number;
  /** In order, in milliseconds since the endpoint began. */
  readonly outages: readonly Outage[];
  /** One more outage, which begins with the second request: the one that wants to replace the first token. */
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
/** What a gateway gives up after, and the deadline of our own request. */
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

  /** Milliseconds since the beginning at which somebody asked. */
  get callsAtMs(): readonly number[] {
    return this.#callsAtMs;
  }

  get issued(): number {
    return this.#expiresAtMs.size;
  }

  /** Requests that reached the API with a token that had expired. */
  get expiredRequests(): number {
    return this.#expiredRequests;
  }

  /** A token, or `undefined` when the request failed: half of the failures come at once, half as a time-out. */
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
    // Dated from when it was asked for: the least that it may live.
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
