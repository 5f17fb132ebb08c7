/** What decides when a token is asked for, between the chat's requests and the token endpoint. */
import type { Clock, Timers } from '../../../src/core/clock.js';
import type { SimulatedEndpoint } from './endpoint.js';

export interface TokenPolicy {
  /** The page has loaded. */
  start(): void;
  /** What a message is sent with; `undefined`: it is not sent, because no token came. */
  beforeSend(): Promise<string | undefined>;
  /** What the message is sent with once more after the API has refused `refused`; `undefined`, or a rejection: it has failed. */
  afterRefusal(refused: string): Promise<string | undefined>;
  /** The page is left. */
  stop(): void;
}

/** What a policy may use. */
export interface Tab {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly endpoint: Pick<SimulatedEndpoint, 'request'>;
  readonly random: () => number;
}

export type PolicyFactory = (tab: Tab) => TokenPolicy;
