/** What one run of a scenario gives. */
import type { NetworkRequest } from './network-request.js';

export const scenarios = ['new visitor', 'comes back', 'second page', 'after hover'] as const;

/** By the names that the tables have. */
export type ScenarioName = (typeof scenarios)[number];

/** Milliseconds since the click, or, on the second page of a visit, since the page itself has come. */
export interface Measured {
  readonly usableMs: number;
  readonly historyMs: number;
  /** Since it was sent. */
  readonly answeredMs: number;
  readonly requests: readonly NetworkRequest[];
}

/** What it has begun with. */
export const zeroOf = (scenario: ScenarioName): string => (scenario === 'second page' ? 'the page has come' : 'click');
