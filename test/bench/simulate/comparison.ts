/** The sums for every policy and every pattern. */
import { type Pattern, patternsFor } from './patterns.js';
import { beforeExpiry } from './policies/before-expiry.js';
import { ours } from './policies/ours.js';
import { rawSdk, rawSdkInStream } from './policies/raw-sdk.js';
import type { PolicyFactory } from './policy.js';
import { type Figures, simulate } from './simulation.js';

export interface Row extends Figures {
  readonly policy: string;
  readonly lifetimeMs: number;
  readonly pattern: string;
  readonly singleOutageMs?: number;
}

export const OUR_NAME = 'ours';
export const livesMs = [900_000, 3_600_000] as const;

export const policies: Readonly<Record<string, PolicyFactory>> = {
  [OUR_NAME]: ours,
  'Firebase, 5 min': beforeExpiry(300_000),
  'supabase, 90 s': beforeExpiry(90_000),
  'oidc, 60 s': beforeExpiry(60_000),
  'raw SDK, 401': rawSdk,
  'raw SDK, 4101': rawSdkInStream,
};

export async function compare(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const lifetimeMs of livesMs) {
    for (const pattern of patternsFor(lifetimeMs)) {
      for (const [policy, createPolicy] of Object.entries(policies)) rows.push(await runPattern(policy, createPolicy, lifetimeMs, pattern));
    }
  }
  return rows;
}

async function runPattern(policy: string, createPolicy: PolicyFactory, lifetimeMs: number, pattern: Pattern): Promise<Row> {
  const all: Figures[] = [];
  for (const scenario of pattern.scenarios) all.push(await simulate(createPolicy, scenario));
  const { name, singleOutageMs } = pattern;
  return { policy, lifetimeMs, pattern: name, ...(singleOutageMs === undefined ? {} : { singleOutageMs }), ...sum(all) };
}

function sum(all: readonly Figures[]): Figures {
  const total = (key: keyof Figures): number => all.reduce((sum, figures) => sum + figures[key], 0);
  return {
    hours: total('hours'),
    messages: total('messages'),
    visibleFailures: total('visibleFailures'),
    expiredRequests: total('expiredRequests'),
    endpointCalls: total('endpointCalls'),
    callsInBusiestHour: Math.max(...all.map(({ callsInBusiestHour }) => callsInBusiestHour)),
    tokensIssued: total('tokensIssued'),
  };
}
