/**
 * `npm run bench:gateway`: the time that the gateway adds to the first byte of an answer, compared with direct requests in the same run,
 * and the memory of running answers. The API and the visitors are in processes of their own. ASKED (400) questions one after the other,
 * STREAMS (1000) at once. ANSWERS (0) is the number of whole answers sent through the gateway afterwards, thirty-two at a time, with the
 * memory after each tenth: 100000 take minutes, and show whether the gateway leaks memory.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { GATEWAY_SECRET, GatewayClient, serveGateway } from '../../support/gateway-world.js';
import { close } from '../../support/loopback.js';
import { quickApp } from '../../unit/server/arrange.js';
import { percentile } from '../endpoint/percentile.js';
import { writeResults } from '../results.js';

const ASKED = Number(process.env['ASKED'] ?? 400);
const STREAMS = Number(process.env['STREAMS'] ?? 1000);
const ANSWERS = Number(process.env['ANSWERS'] ?? 0);
const BOT = '7400';
const MEGABYTE = 1024 * 1024;

interface FromPeer {
  readonly origin?: string;
  readonly firstByteMs?: { readonly direct: readonly number[]; readonly through: readonly number[] };
  readonly open?: number;
  readonly closed?: true;
  readonly answered?: number;
}

const peer = fork(fileURLToPath(new URL('peer.ts', import.meta.url)));
const received = async (): Promise<FromPeer> => (await once(peer, 'message'))[0] as FromPeer;

const { origin = '' } = await received();
const { url, server } = await serveGateway({
  ...{ oauth: { ...quickApp, apiBaseUrl: origin }, bots: [BOT], secret: GATEWAY_SECRET, rateLimit: false, limits: false },
  identify: () => ({ id: 'visitor' }),
  onEvent: () => undefined,
});
const { token } = await GatewayClient.signIn(url, 'visitor');

peer.send({ do: 'ask', url, token, times: ASKED });
const { firstByteMs = { direct: [], through: [] } } = await received();
const added = (share: number): number => percentile(firstByteMs.through, share) - percentile(firstByteMs.direct, share);

globalThis.gc?.();
const beforeBytes = process.memoryUsage().rss;
peer.send({ do: 'hold', url, token, times: STREAMS });
const { open = 0 } = await received();
globalThis.gc?.();
const perStream = (process.memoryUsage().rss - beforeBytes) / Math.max(open, 1);
peer.send({ do: 'let go' });
await received();

/** Live memory after each tenth: the heap after garbage collection, and memory outside the heap. */
const memory: { readonly answers: number; readonly heapMegabytes: number; readonly outsideMegabytes: number }[] = [];
for (let tenth = 1; ANSWERS > 0 && tenth <= 10; tenth += 1) {
  peer.send({ do: 'repeat', url, token, times: Math.ceil(ANSWERS / 10) });
  await received();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  memory.push({
    answers: tenth * Math.ceil(ANSWERS / 10),
    heapMegabytes: round(heapUsed / MEGABYTE),
    outsideMegabytes: round(external / MEGABYTE),
  });
}

const figures = {
  node: process.version,
  asked: ASKED,
  firstByteMs: {
    direct: { p50: round(percentile(firstByteMs.direct, 0.5)), p99: round(percentile(firstByteMs.direct, 0.99)) },
    through: { p50: round(percentile(firstByteMs.through, 0.5)), p99: round(percentile(firstByteMs.through, 0.99)) },
    added: { p50: round(added(0.5)), p99: round(added(0.99)) },
  },
  streams: { asked: STREAMS, open, kilobytesEach: round(perStream / 1024), megabytes: round((perStream * open) / MEGABYTE) },
  ...(ANSWERS > 0 && { memory }),
};
console.log(JSON.stringify(figures, undefined, 2));
await writeResults('gateway', `ASKED=${ASKED} STREAMS=${STREAMS} ANSWERS=${ANSWERS} npm run bench:gateway`, figures);
peer.kill();
await close(server);

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
