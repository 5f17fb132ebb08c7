/** Instances in processes of their own, for a moment; `npm run bench:endpoint` does the same for longer. */
import { expect, it } from 'vitest';
import { runCluster } from '../../../bench/endpoint/cluster.js';
import { ENDPOINT } from '../../../bench/endpoint/instances.js';
import { HAS_REDIS } from '../../../support/redis.js';

it.skipIf(!HAS_REDIS)(
  'F24, F25: Three instances with a Redis give every visitor their own token, also after one is killed (skipped without redis-server)',
  async () => {
    const conditions = { instances: 3, clients: 5, requestsPerClient: 20, killedAfter: 0.4, requestsPerVisitorAndMinute: 30 };
    const { greedyVisitor, ...figures } = await runCluster(ENDPOINT, conditions);
    expect(figures).toMatchObject({ notServed: 0, wrongSubjects: 0, wrongTokens: 0 });
    expect(figures.broken).toBeGreaterThan(0);
    expect(figures.tokensTried).toBeGreaterThanOrEqual(50);
    expect(greedyVisitor.asked).toBe(45);
    // Requests that the killed instance had counted but not answered stay counted.
    expect(greedyVisitor.served).toBeLessThanOrEqual(30);
    expect(greedyVisitor.served).toBeGreaterThanOrEqual(29);
  },
  60_000,
);
