/** A policy decides when a token is requested; it sits between the chat's requests and the token endpoint. */
import type { Clock, Timers } from '../../../src/core/clock.js';
import type { SimulatedEndpoint } from './endpoint.js';

export interface TokenPolicy {
  /** The page has loaded. */
  start(): void;
  /** The token to send a message with; `undefined` if no token came and the message is not sent. */
  beforeSend(): Promise<string | undefined>;
  /** The token for a retry after the API has rejected `refused`; `undefined` or a rejection: the message has failed. */
  afterRefusal(refused: string): Promise<string | undefined>;
  /** The page is left. */
  stop(): void;
}

/** The APIs that a policy may use. */
export interface Tab {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly endpoint: Pick<SimulatedEndpoint, 'request'>;
  readonly random: () => number;
}

export type PolicyFactory = (tab: Tab) => TokenPolicy;
