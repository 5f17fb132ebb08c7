/** `serve` beside a bare signing and exchange, as one instance and as several. */
import { type CozeStandIn, startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { type RunningRedis, startRedis } from '../../support/redis.js';
import { BARE, type Contender, end, type Instance, SERVE } from './instances.js';
import { type LoadFigures, putUnderLoad } from './load.js';

export interface ServeRun extends LoadFigures {
  readonly program: 'jose alone' | 'serve';
  readonly instances: number;
  readonly connections: number;
  /** Sum over all instances. */
  readonly processorMsPerRequest: number;
}

interface Conditions {
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** Enough visitors that none reaches a rate limit. */
const PEOPLE = 1000;

const ROWS: readonly Pick<ServeRun, 'program' | 'instances' | 'connections'>[] = [
  { program: 'jose alone', instances: 1, connections: 1 },
  { program: 'serve', instances: 1, connections: 1 },
  { program: 'jose alone', instances: 1, connections: 50 },
  { program: 'serve', instances: 1, connections: 50 },
  { program: 'jose alone', instances: 3, connections: 50 },
  { program: 'serve', instances: 3, connections: 50 },
];

/** One after the other; several instances of `serve` share the counters in one Redis. */
export async function runServe(conditions: Conditions): Promise<readonly ServeRun[]> {
  const redis = await startRedis();
  try {
    const runs: ServeRun[] = [];
    for (const row of ROWS) {
      const figures = await measure(row.program === 'serve' ? SERVE : BARE, row, { ...conditions, redis });
      runs.push({ ...row, ...figures });
    }
    return runs;
  } finally {
    await redis.stop();
  }
}

async function measure(
  contender: Contender,
  { instances, connections }: Pick<ServeRun, 'instances' | 'connections'>,
  { warmUpSeconds, seconds, redis }: Conditions & { readonly redis: RunningRedis },
): Promise<LoadFigures & Pick<ServeRun, 'processorMsPerRequest'>> {
  const coze: CozeStandIn = await startCozeStandIn();
  const running: Instance[] = [];
  try {
    for (let index = 0; index < instances; index += 1) {
      running.push(await contender.start({ oauthConfig: coze.oauthConfig, ...(instances > 1 && { redisPath: redis.path }) }));
    }
    const urls = running.map(({ url }) => url);
    const asked = await Promise.all(Array.from({ length: PEOPLE }, (_, person) => contender.ask(`person-${person}`)));
    await putUnderLoad({ urls, asked, connections, seconds: warmUpSeconds });
    const beforeMs = await processorMsOf(urls);
    const figures = await putUnderLoad({ urls, asked, connections, seconds });
    const usedMs = (await processorMsOf(urls)) - beforeMs;
    return { ...figures, processorMsPerRequest: Math.round((usedMs / figures.requests) * 100) / 100 };
  } finally {
    await Promise.all(running.map(end));
    await coze.stop();
  }
}

async function processorMsOf(urls: readonly string[]): Promise<number> {
  const seconds = await Promise.all(
    urls.map(async (url) => {
      const metrics = await (await fetch(new URL('/metrics', url))).text();
      return Number(/^process_cpu_seconds_total ([\d.e-]+)/m.exec(metrics)?.[1]);
    }),
  );
  return seconds.reduce((sum, value) => sum + value * 1000, 0);
}
