/** The patterns of outages under which every policy is simulated. */
import { seededRandom } from '../seeded-random.js';
import type { Outage } from './endpoint.js';
import type { Scenario } from './simulation.js';

export interface Pattern {
  readonly name: string;
  /** Length of the only outage in each scenario; absent if the pattern has other faults. */
  readonly singleOutageMs?: number;
  readonly scenarios: readonly Scenario[];
}

const HOUR_MS = 3_600_000;
const PHASES = 60;
const SEEDS_AT_REFRESH = 20;
/** The first token has arrived by then. */
const FIRST_TOKEN_MS = 2_000;
const STEADY_LIVES = 500;
/** A token is replaced after 0.55 lifetimes on average: more than 10 000 refreshes. */
const LONG_LIVES = 6_000;
const OUTAGE_EVERY_MS = 6 * HOUR_MS;

/**
 * The longest outage that our policy promises to hide: it refreshes at 0.6 of a lifetime at the latest, and retries at least once a minute.
 */
export const longestHiddenOutageMs = (lifetimeMs: number): number => 0.4 * lifetimeMs - 70_000;

export const HARDEST_PATTERN = '30 % faults, outages to 0.2 T';

export function patternsFor(lifetimeMs: number): readonly Pattern[] {
  return [
    steady('none', lifetimeMs, 0),
    steady('20 % faults', lifetimeMs, 0.2),
    steady('30 % faults', lifetimeMs, 0.3),
    {
      name: HARDEST_PATTERN,
      scenarios: [
        { ...calm(lifetimeMs, 'hardest'), durationMs: LONG_LIVES * lifetimeMs, faultShare: 0.3, outages: repeatedOutages(lifetimeMs) },
      ],
    },
    singleOutage('one outage of 60 s', lifetimeMs, 60_000),
    singleOutage('one outage of 300 s', lifetimeMs, 300_000),
    singleOutage('one outage of 0.2 T', lifetimeMs, 0.2 * lifetimeMs),
    singleOutage('one outage of 0.4 T - 70 s', lifetimeMs, longestHiddenOutageMs(lifetimeMs)),
    singleOutage('one outage of 0.6 T', lifetimeMs, 0.6 * lifetimeMs),
  ];
}

function steady(name: string, lifetimeMs: number, faultShare: number): Pattern {
  return { name, scenarios: [{ ...calm(lifetimeMs, name), durationMs: STEADY_LIVES * lifetimeMs, faultShare }] };
}

/** One outage in every six hours, of 60 s to 0.2 lifetimes. */
function repeatedOutages(lifetimeMs: number): readonly Outage[] {
  const random = seededRandom(`outages/${lifetimeMs}`);
  return Array.from({ length: Math.floor((LONG_LIVES * lifetimeMs) / OUTAGE_EVERY_MS) }, (_, index) => {
    const lengthMs = 60_000 + (0.2 * lifetimeMs - 60_000) * random();
    return { fromMs: index * OUTAGE_EVERY_MS + HOUR_MS + (OUTAGE_EVERY_MS - 2 * HOUR_MS) * random(), lengthMs };
  });
}

/**
 * An outage at every phase of the first token's lifetime, and from the very request that renews it. Runs until one lifetime after the
 * outage.
 */
function singleOutage(name: string, lifetimeMs: number, lengthMs: number): Pattern {
  const atPhases = Array.from({ length: PHASES }, (_, phase): Scenario => {
    const fromMs = FIRST_TOKEN_MS + (phase / PHASES) * lifetimeMs;
    return { ...calm(lifetimeMs, `${name}/${phase}`), durationMs: fromMs + lengthMs + lifetimeMs, outages: [{ fromMs, lengthMs }] };
  });
  const atRefresh = Array.from({ length: SEEDS_AT_REFRESH }, (_, seed): Scenario => ({
    ...calm(lifetimeMs, `${name}/refresh/${seed}`),
    durationMs: 2 * lifetimeMs + lengthMs,
    outageAtRefreshMs: lengthMs,
  }));
  return { name, singleOutageMs: lengthMs, scenarios: [...atPhases, ...atRefresh] };
}

function calm(lifetimeMs: number, seed: string): Omit<Scenario, 'durationMs'> {
  return { lifetimeMs, seed: `${lifetimeMs}/${seed}`, faultShare: 0, outages: [], outageAtRefreshMs: 0 };
}
