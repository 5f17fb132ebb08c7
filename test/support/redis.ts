/** A private Redis, reached by a socket in a temporary folder. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { TokenStore } from '../../src/server/index.js';

/** Whether this machine has a `redis-server`. */
export const HAS_REDIS = spawnSync('redis-server', ['--version']).status === 0;

export interface RunningRedis {
  /** Path of the socket. */
  readonly path: string;
  readonly kill: () => Promise<void>;
  /** Restarts with an empty database. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startRedis(): Promise<RunningRedis> {
  const directory = mkdtempSync(join(tmpdir(), 'coze-redis-'));
  const path = join(directory, 'redis.sock');
  const start = () => spawn('redis-server', ['--port', '0', '--unixsocket', path, '--save', '', '--dir', directory], { stdio: 'ignore' });
  let server = start();
  const isRunning = (): boolean => server.exitCode === null && server.signalCode === null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (isRunning() && server.kill(signal)) await once(server, 'exit');
  };
  const untilReady = async (): Promise<void> => {
    const client = connectTo(path);
    await client.ping();
    client.disconnect();
  };
  await untilReady();
  return {
    path,
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGKILL');
      server = start();
      await untilReady();
    },
    stop: async () => {
      await end('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** As in the documentation. */
export function tokenStoreOf(redis: Redis): TokenStore {
  return {
    get: (key) => redis.get(key),
    set: (key, value, lifeMs) => redis.set(key, value, 'PX', lifeMs),
    add: async (key, value, lifeMs) => (await redis.set(key, value, 'PX', lifeMs, 'NX')) === 'OK',
  };
}

/** A client that keeps trying to connect, even before the server listens. */
export function connectTo(path: string): Redis {
  const client = new Redis({ path, enableOfflineQueue: true, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  return client;
}
