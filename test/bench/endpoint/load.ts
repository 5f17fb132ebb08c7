/** Puts the endpoint under load and counts the responses. */
import autocannon, { type Client, type Options, type Result } from 'autocannon';
import type { Asked } from './instances.js';
import { percentile } from './percentile.js';

export interface LoadFigures {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Broken connections, timeouts and responses other than 200. */
  readonly failed: number;
}

interface Load {
  /** The connections are distributed over these URLs. */
  readonly urls: readonly string[];
  /** The requests: each connection sends its share of them in a loop. */
  readonly asked: readonly Asked[];
  readonly connections: number;
  readonly seconds: number;
}

/** Sends as many requests as possible, one at a time on each connection. */
export async function putUnderLoad({ urls, asked, connections, seconds }: Load): Promise<LoadFigures> {
  const latenciesMs: number[] = [];
  const requests = asked.map(({ headers, body }) => ({ method: 'POST' as const, headers: { ...headers }, body }));
  let set = 0;
  const setupClient = (client: Client): void => {
    const first = set++;
    const own = requests.filter((_, index) => index % connections === first % connections);
    client.setRequests(own.length > 0 ? own : requests);
  };
  const results = await Promise.all(
    urls.map((url, index) => {
      const share = Math.floor((connections + index) / urls.length);
      return fire({ url, connections: share, duration: seconds, requests, setupClient }, latenciesMs);
    }),
  );
  const sum = (count: (result: Result) => number): number => results.reduce((total, result) => total + count(result), 0);

  latenciesMs.sort((a, b) => a - b);
  return {
    requests: sum(({ requests }) => requests.total),
    requestsPerSecond: Math.round(sum(({ requests, duration }) => requests.total / duration)),
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    failed: sum(({ non2xx, errors }) => non2xx + errors),
  };
}

function fire(options: Options, latenciesMs: number[]): Promise<Result> {
  return new Promise((resolve, reject) => {
    const instance = autocannon(options, (error, result) => (error == null ? resolve(result) : reject(error as Error)));
    // The library's own percentiles are whole milliseconds.
    instance.on('response', (_client, _status, _bytes, latencyMs) => latenciesMs.push(latencyMs));
  });
}
