/** One tab, one visitor who sends messages now and then, and one policy, in virtual time. */
import type { Timers } from '../../../src/core/clock.js';
import { VirtualTime } from '../../support/virtual-time.js';
import { seededRandom } from '../seeded-random.js';
import { type EndpointConditions, SimulatedEndpoint } from './endpoint.js';
import type { PolicyFactory, Tab, TokenPolicy } from './policy.js';

export interface Scenario extends EndpointConditions {
  readonly durationMs: number;
  /** Visitor, endpoint and policy each have a generator of their own from this seed, so that every policy meets the same visitor. */
  readonly seed: string;
}

export interface Figures {
  readonly hours: number;
  readonly messages: number;
  /** Messages for which no valid token came in time. */
  readonly visibleFailures: number;
  readonly expiredRequests: number;
  readonly endpointCalls: number;
  /** The maximum number of token requests within any 3600 s. */
  readonly callsInBusiestHour: number;
  readonly tokensIssued: number;
}

const HOUR_MS = 3_600_000;
const BETWEEN_MESSAGES_MS = { shortest: 20_000, longest: 200_000 };
/** The deadline of our request interceptor. */
const PATIENCE_MS = 15_000;
/** After this many failures the visitor reloads the page. */
const FAILURES_UNTIL_RELOAD = 3;

export async function simulate(createPolicy: PolicyFactory, scenario: Scenario): Promise<Figures> {
  const time = new VirtualTime();
  const tabTime = { clock: time.clock, timers: inWholeMilliseconds(time.timers) };
  const endpoint = new SimulatedEndpoint(tabTime, scenario, seededRandom(`${scenario.seed}/endpoint`));
  const visitor = new Visitor(createPolicy, { ...tabTime, endpoint, random: seededRandom(`${scenario.seed}/policy`) });
  visitor.open(seededRandom(`${scenario.seed}/visitor`));
  await time.advance(scenario.durationMs);
  visitor.leave();
  await time.advance(PATIENCE_MS);
  return {
    hours: scenario.durationMs / HOUR_MS,
    messages: visitor.messages,
    visibleFailures: visitor.failures,
    expiredRequests: endpoint.expiredRequests,
    endpointCalls: endpoint.callsAtMs.length,
    callsInBusiestHour: busiestHour(endpoint.callsAtMs),
    tokensIssued: endpoint.issued,
  };
}

/** As browsers do; also because virtual time must not get stuck at a fraction below the clock's resolution. */
function inWholeMilliseconds(timers: Timers): Timers {
  return { set: (callback, delayMs) => timers.set(callback, Math.ceil(delayMs)) };
}

interface VisitorTab extends Tab {
  readonly endpoint: SimulatedEndpoint;
}

class Visitor {
  readonly #createPolicy: PolicyFactory;
  readonly #tab: VisitorTab;
  #policy: TokenPolicy;
  #cancelNext = (): void => {};
  #messages = 0;
  #failures = 0;
  #failuresInARow = 0;

  constructor(createPolicy: PolicyFactory, tab: VisitorTab) {
    this.#createPolicy = createPolicy;
    this.#tab = tab;
    this.#policy = createPolicy(tab);
  }

  get messages(): number {
    return this.#messages;
  }

  get failures(): number {
    return this.#failures;
  }

  open(random: () => number): void {
    this.#policy.start();
    this.#thinkThenWrite(random);
  }

  leave(): void {
    this.#cancelNext();
    this.#policy.stop();
  }

  #thinkThenWrite(random: () => number): void {
    const { shortest, longest } = BETWEEN_MESSAGES_MS;
    const write = (): void => {
      void this.#write();
      this.#thinkThenWrite(random);
    };
    this.#cancelNext = this.#tab.timers.set(write, shortest + (longest - shortest) * random());
  }

  async #write(): Promise<void> {
    this.#messages++;
    const isSent = await within(PATIENCE_MS, this.#send(this.#policy), this.#tab.timers);
    this.#failuresInARow = isSent ? 0 : this.#failuresInARow + 1;
    if (isSent) return;
    this.#failures++;
    if (this.#failuresInARow % FAILURES_UNTIL_RELOAD === 0) this.#reload();
  }

  /** As the SDK does: one retry with another token after the API has rejected one. */
  async #send(policy: TokenPolicy): Promise<boolean> {
    const { endpoint } = this.#tab;
    const token = await policy.beforeSend();
    if (token === undefined) return false;
    if (endpoint.accepts(token)) return true;
    const other = await policy.afterRefusal(token);
    return other !== undefined && endpoint.accepts(other);
  }

  #reload(): void {
    this.#policy.stop();
    this.#policy = this.#createPolicy(this.#tab);
    this.#policy.start();
  }
}

/** `false` if `sending` has not resolved to true by the deadline. */
function within(deadlineMs: number, sending: Promise<boolean>, timers: Timers): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = timers.set(() => resolve(false), deadlineMs);
    const finish = (isSent: boolean): void => {
      cancel();
      resolve(isSent);
    };
    sending.then(finish, () => finish(false));
  });
}

function busiestHour(atMs: readonly number[]): number {
  let most = 0;
  let first = 0;
  atMs.forEach((lastMs, last) => {
    while (lastMs - (atMs[first] ?? 0) >= HOUR_MS) first++;
    most = Math.max(most, last - first + 1);
  });
  return most;
}
