import { describe, expect, test } from 'vitest';
import type { Outage } from '../../bench/simulate/endpoint.js';
import { patternsFor } from '../../bench/simulate/patterns.js';
import { beforeExpiry } from '../../bench/simulate/policies/before-expiry.js';
import { ours } from '../../bench/simulate/policies/ours.js';
import { rawSdk, rawSdkInStream } from '../../bench/simulate/policies/raw-sdk.js';
import type { PolicyFactory } from '../../bench/simulate/policy.js';
import { type Scenario, simulate } from '../../bench/simulate/simulation.js';

const LIFETIME_MS = 900_000;
const calmDay: Scenario = {
  seed: 'a visitor',
  durationMs: 20 * LIFETIME_MS,
  lifetimeMs: LIFETIME_MS,
  faultShare: 0,
  outages: [],
  outageAtRefreshMs: 0,
};

const withOutages = (...outages: readonly Outage[]): Scenario => ({ ...calmDay, outages });

/** Uses the first token forever. */
const neverRefreshes: PolicyFactory = ({ endpoint }) => {
  const first = endpoint.request();
  return {
    start: () => {},
    beforeSend: async () => (await first)?.value,
    afterRefusal: () => Promise.resolve(undefined),
    stop: () => {},
  };
};

const everyPolicy = { ours, 'before expiry': beforeExpiry(60_000), 'raw SDK': rawSdk } as const;

describe('Fairness of the simulation', () => {
  test('A policy that never refreshes fails visibly after the first token has expired', async () => {
    const { messages, visibleFailures, expiredRequests } = await simulate(neverRefreshes, { ...calmDay, durationMs: 1.5 * LIFETIME_MS });
    expect(visibleFailures).toBeGreaterThan(0);
    expect(visibleFailures).toBeLessThan(messages);
    expect(expiredRequests).toBe(visibleFailures);
  });

  test.each(Object.entries(everyPolicy))('No message fails with a perfect endpoint (%s)', async (_, policy) => {
    expect(await simulate(policy, calmDay)).toMatchObject({ visibleFailures: 0 });
  });

  test.each(Object.entries(everyPolicy))('Every message fails while there is no endpoint at all (%s)', async (_, policy) => {
    const { messages, visibleFailures, tokensIssued } = await simulate(
      policy,
      withOutages({ fromMs: 0, lengthMs: calmDay.durationMs * 2 }),
    );
    expect(messages).toBeGreaterThan(0);
    expect(visibleFailures).toBe(messages);
    expect(tokensIssued).toBe(0);
  });

  test('An outage longer than the lifetime of a token is visible with our engine, too, and only while it lasts', async () => {
    const outage = { fromMs: 5 * LIFETIME_MS, lengthMs: 2 * LIFETIME_MS };
    const { messages, visibleFailures, expiredRequests } = await simulate(ours, withOutages(outage));
    const messagesPerLife = messages / 20;
    expect(visibleFailures).toBeGreaterThan(messagesPerLife);
    expect(visibleFailures).toBeLessThan(2 * messagesPerLife);
    expect(expiredRequests).toBe(0);
  });

  test('The same seed gives the same figures, and the same visitor for every policy', async () => {
    const stormy = { ...withOutages({ fromMs: LIFETIME_MS, lengthMs: LIFETIME_MS }), faultShare: 0.3 };
    const figures = await simulate(ours, stormy);
    expect(await simulate(ours, stormy)).toEqual(figures);
    expect(await simulate(ours, { ...stormy, seed: 'another visitor' })).not.toEqual(figures);
    expect((await simulate(rawSdk, stormy)).messages).toBe(figures.messages);
  });

  test('Random faults affect the requested share of the requests', async () => {
    const { endpointCalls, tokensIssued } = await simulate(ours, { ...calmDay, faultShare: 0.3, durationMs: 500 * LIFETIME_MS });
    expect(1 - tokensIssued / endpointCalls).toBeCloseTo(0.3, 1);
  });

  test('An outage from the first renewal begins with the second request', async () => {
    const { endpointCalls, tokensIssued } = await simulate(ours, { ...calmDay, durationMs: LIFETIME_MS, outageAtRefreshMs: LIFETIME_MS });
    expect(endpointCalls).toBeGreaterThan(1);
    expect(tokensIssued).toBe(1);
  });

  test('Single outages begin at every phase of the life of a token', () => {
    const outages = patternsFor(LIFETIME_MS)
      .find(({ singleOutageMs }) => singleOutageMs === 60_000)
      ?.scenarios.flatMap(({ outages }) => outages);
    const phases = (outages ?? []).map(({ fromMs }) => fromMs / LIFETIME_MS);
    const gaps = phases.slice(1).map((phase, index) => phase - (phases[index] ?? 0));
    expect(phases[0]).toBeLessThan(0.01);
    expect(phases.at(-1)).toBeGreaterThan(0.98);
    expect(Math.max(...gaps)).toBeLessThan(0.02);
  });
});

describe('The raw SDK', () => {
  test('The raw SDK sends one failing request at each expiry, which is invisible when the API answers 401', async () => {
    const { expiredRequests, visibleFailures } = await simulate(rawSdk, calmDay);
    expect(expiredRequests).toBeGreaterThan(10);
    expect(visibleFailures).toBe(0);
  });

  test('The raw SDK shows a failed message at each expiry when the API answers 200 with the code 4101', async () => {
    const { expiredRequests, visibleFailures } = await simulate(rawSdkInStream, calmDay);
    expect(visibleFailures).toBe(expiredRequests);
  });

  test('The raw SDK fails after one failed refresh until the page is loaded again', async () => {
    const refreshFails = { ...calmDay, durationMs: 1.5 * LIFETIME_MS, outageAtRefreshMs: 1_000 };
    const { visibleFailures } = await simulate(rawSdk, refreshFails);
    expect(visibleFailures).toBe(3);
  });
});
