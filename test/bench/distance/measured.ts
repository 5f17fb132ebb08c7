/** The figures of one run of a scenario. */
import type { NetworkRequest } from './network-request.js';

export const scenarios = ['new visitor', 'comes back', 'second page', 'after hover'] as const;

/** Named as in the tables. */
export type ScenarioName = (typeof scenarios)[number];

/** Milliseconds since the click, or, on the second page of a visit, since the page was loaded. */
export interface Measured {
  readonly usableMs: number;
  readonly historyMs: number;
  /** Since the question was sent. */
  readonly answeredMs: number;
  readonly requests: readonly NetworkRequest[];
}

/** The event at which the scenario's clock starts. */
export const zeroOf = (scenario: ScenarioName): string => (scenario === 'second page' ? 'the page has come' : 'click');
