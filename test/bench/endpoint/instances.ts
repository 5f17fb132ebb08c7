/** The programs under load, each a process of its own, and how to request a visitor's token from each. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SignJWT } from 'jose';
import type { InstanceOrder } from './instance.js';

export interface Instance {
  readonly url: string;
  readonly process: ChildProcess;
}

export interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Contender {
  start(order: InstanceOrder): Promise<Instance>;
  /** The request for a user's token. */
  ask(user: string): Promise<Asked>;
}

const SECRET = 'only for measuring the sidecar, and long enough';
const HEADERS = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
const NOBODY = { headers: HEADERS, body: '{"reason":"initial"}' };

/** The token endpoint with a session lookup by cookie. */
export const ENDPOINT: Contender = {
  start: async (order) => {
    const instance = fork(fileURLToPath(new URL('instance.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
    instance.send(order);
    const [url] = (await once(instance, 'message')) as [string];
    return { url, process: instance };
  },
  ask: (user) => Promise.resolve({ ...NOBODY, headers: { ...HEADERS, cookie: `session=${user}` } }),
};

/** `serve` of the built package, with identity tokens and its default rate limits. */
export const SERVE: Contender = {
  start: async ({ oauthConfig, redisPath }) => {
    const variables = {
      COZE_OAUTH_CONFIG: JSON.stringify(oauthConfig),
      IDENTITY_SECRET: SECRET,
      IDENTITY_AUDIENCE: 'bench',
      PORT: '0',
      ...(redisPath !== undefined && { REDIS_URL: redisPath }),
    };
    return startProgram([fileURLToPath(new URL('../../../dist/cli.js', import.meta.url)), 'serve'], variables, '/coze/token');
  },
  ask: async (user) => {
    const jwt = new SignJWT({ sub: user }).setProtectedHeader({ alg: 'HS256' }).setAudience('bench').setIssuedAt().setExpirationTime('1h');
    const identityToken = await jwt.sign(new TextEncoder().encode(SECRET));
    return { headers: HEADERS, body: JSON.stringify({ reason: 'initial', identity_token: identityToken }) };
  },
};

/** Signing and the exchange, and nothing else. */
export const BARE: Contender = {
  start: async ({ oauthConfig }) => {
    const program = ['--import', 'tsx', fileURLToPath(new URL('bare.ts', import.meta.url))];
    return startProgram(program, { COZE_OAUTH_CONFIG: JSON.stringify(oauthConfig) }, '/');
  },
  ask: () => Promise.resolve(NOBODY),
};

export async function end({ process: instance }: Instance): Promise<void> {
  const isRunning = instance.exitCode === null && instance.signalCode === null;
  if (isRunning && instance.kill()) await once(instance, 'exit');
}

/** The program's first line of output says where it listens. */
async function startProgram(args: readonly string[], variables: Readonly<Record<string, string>>, path: string): Promise<Instance> {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...variables }, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(() => {
      throw new Error(`${args.join(' ')} ended before it listened. Is there a build?`);
    }),
  ])) as [string];
  child.stdout.resume();
  return { url: (JSON.parse(line) as { readonly origin: string }).origin + path, process: child };
}
