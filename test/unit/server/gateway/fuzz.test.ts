/** `npm run test:stress gateway-list` runs 10^6 cases. */
import { expect, it } from 'vitest';
import { seededRandom } from '../../../bench/seeded-random.js';
import { fuzzGateway } from '../../../support/gateway-fuzz.js';

it('Only requests on the list of endpoints reach the API, in the form that the list defines', async () => {
  const counterexamples: string[] = [];
  const refute = (counterexample: string) => void counterexamples.push(counterexample);
  const figures = await fuzzGateway({ times: 20_000, random: seededRandom('gateway list'), refute });
  expect([...new Set(counterexamples)].slice(0, 10)).toEqual([]);
  expect(figures).toMatchObject({ statuses: { 200: expect.any(Number), 400: expect.any(Number), 404: expect.any(Number) } });
  expect((figures as { upstream: number }).upstream).toBeGreaterThan(500);
}, 120_000);
