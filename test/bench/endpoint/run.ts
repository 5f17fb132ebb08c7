/** One kind of key import under one load, with a stand-in for Coze of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import type { BackendOrder, KeyImport } from './backend.js';
import { ENDPOINT } from './instances.js';
import { type LoadFigures, putUnderLoad } from './load.js';

export interface Run extends LoadFigures {
  readonly keyImport: KeyImport;
  readonly connections: number;
  /** Processor time of the endpoint's process per request, the most reliable figure on a shared machine. */
  readonly processorMsPerRequest: number;
}

interface Conditions {
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

export async function run(keyImport: KeyImport, connections: number, { warmUpSeconds, seconds }: Conditions): Promise<Run> {
  const coze = await startCozeStandIn();
  const backend = fork(fileURLToPath(new URL('backend.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  try {
    backend.send({ oauthConfig: coze.oauthConfig, keyImport } satisfies BackendOrder);
    const [url] = (await once(backend, 'message')) as [string];
    const load = { urls: [url], asked: [await ENDPOINT.ask('anybody')], connections };
    await putUnderLoad({ ...load, seconds: warmUpSeconds });
    const beforeMs = await processorMsOf(backend);
    const figures = await putUnderLoad({ ...load, seconds });
    const usedMs = (await processorMsOf(backend)) - beforeMs;
    return { keyImport, connections, ...figures, processorMsPerRequest: Math.round((usedMs / figures.requests) * 100) / 100 };
  } finally {
    if (backend.kill()) await once(backend, 'exit');
    await coze.stop();
  }
}

async function processorMsOf(backend: ChildProcess): Promise<number> {
  backend.send('how much processor time?');
  const [usedMs] = (await once(backend, 'message')) as [number];
  return usedMs;
}
