/** Puts the endpoint under load and counts what comes back. */
import autocannon, { type Result } from 'autocannon';
import { percentile } from './percentile.js';

export interface LoadFigures {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Connections that broke, timeouts and answers other than 200. */
  readonly failed: number;
}

interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
}

/** As many requests as the connections can carry, one at a time on each. */
export async function putUnderLoad({ url, connections, seconds }: Load): Promise<LoadFigures> {
  const latenciesMs: number[] = [];
  const options = {
    url,
    connections,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: '{"reason":"initial"}',
  } as const;
  const { requests, non2xx, errors, duration } = await new Promise<Result>((resolve, reject) => {
    const instance = autocannon(options, (error, result) => (error == null ? resolve(result) : reject(error as Error)));
    // The library's own percentiles are whole milliseconds.
    instance.on('response', (_client, _status, _bytes, latencyMs) => latenciesMs.push(latencyMs));
  });

  latenciesMs.sort((a, b) => a - b);
  return {
    requests: requests.total,
    requestsPerSecond: Math.round(requests.total / duration),
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    failed: non2xx + errors,
  };
}
