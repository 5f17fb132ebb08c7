/** Three sidecars of the built package with a shared Redis, while one sidecar and the Redis fail. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type CozeStandIn, startCozeStandIn } from '../../demo/coze-stand-in/index.js';
import { digest } from '../../src/server/crypto/digest.js';
import { HAS_REDIS, type RunningRedis, startRedis } from '../support/redis.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const SECRET = 'only for the test of three sidecars, long enough';

interface Instance {
  readonly child: ChildProcess;
  readonly origin: string;
}

let coze: CozeStandIn;
let redis: RunningRedis;
let instances: readonly Instance[] = [];
let printed = '';

beforeAll(async () => {
  if (!HAS_REDIS) return;
  coze = await startCozeStandIn();
  redis = await startRedis();
  instances = await Promise.all([1, 2, 3].map(startInstance));
});
afterAll(async () => {
  for (const { child } of instances) child.kill('SIGKILL');
  if (!HAS_REDIS) return;
  await redis.stop();
  await coze.stop();
});

async function startInstance(): Promise<Instance> {
  const env = { COZE_OAUTH_CONFIG: JSON.stringify(coze.oauthConfig), IDENTITY_SECRET: SECRET, IDENTITY_AUDIENCE: 'chat', PORT: '0' };
  const child = spawn(process.execPath, [CLI, 'serve'], {
    env: { ...process.env, ...env, REDIS_URL: redis.path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output += String(text);
      printed += String(text);
    });
  }
  const [, origin = ''] = await vi.waitUntil(() => /"type":"started","origin":"([^"]+)"/.exec(output) ?? false, { timeout: 30_000 });
  return { child, origin };
}

function tokenFor(user: string): Promise<string> {
  const jwt = new SignJWT({ sub: user }).setProtectedHeader({ alg: 'HS256' }).setAudience('chat').setIssuedAt().setExpirationTime('5m');
  return jwt.sign(new TextEncoder().encode(SECRET));
}

async function ask({ origin }: Instance, user: string, reason = 'initial') {
  const response = await fetch(`${origin}/coze/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ identity_token: await tokenFor(user), reason }),
  });
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
}

/** Like a proxy in front of them: an instance that does not respond is skipped. */
async function askAny(user: string, first: number) {
  for (let turn = 0; turn < 3; turn += 1) {
    const instance = instances[(first + turn) % 3];
    const answer = instance && (await ask(instance, user).catch(() => undefined));
    if (answer !== undefined) return answer;
  }
  throw new Error('Nobody answers.');
}

async function countServed(instance: Instance | undefined, user: string, times: number): Promise<number> {
  if (instance === undefined) return 0;
  const answers = await Promise.all(Array.from({ length: times }, () => ask(instance, user, 'verify')));
  return answers.filter(({ status }) => status === 200).length;
}

it.skipIf(!HAS_REDIS)(
  'Three sidecars keep visitors apart, work while one and the Redis fail, and share limits (skipped without redis-server)',
  async () => {
    const users = Array.from({ length: 20 }, (_, index) => `user-${index}`);
    for (let round = 0; round < 9; round += 1) {
      const asked = users.map(async (user, index) => [user, await askAny(user, index + round)] as const);
      if (round === 3) instances[0]?.child.kill('SIGKILL');
      if (round === 6) await redis.restart();
      for (const [user, { status, body }] of await Promise.all(asked)) {
        const subject = await digest(['coze-chat-embed/subject', await digest(['', '', user])]);
        expect([status, body['subject']], `${user} in round ${round}`).toEqual([200, subject]);
      }
    }
    // Until both have reconnected to the Redis, each counts for itself; from the next window on they count together.
    let attempt = 0;
    await expect
      .poll(async () => {
        const user = `counted-${attempt++}`;
        return (await countServed(instances[1], user, 40)) + (await countServed(instances[2], user, 40));
      })
      .toBe(60);
    expect(printed).not.toMatch(/czs_|eyJ|PRIVATE KEY|user-\d/);

    const stopped = instances.slice(1).map(({ child }) => {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      return exit;
    });
    expect((await Promise.all(stopped)).map(([code]) => code as unknown)).toEqual([0, 0]);
  },
);
