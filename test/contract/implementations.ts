/** The implementations of the contract, each a program that prints the URL at which it listens. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Implementation {
  readonly name: string;
  /** Whether its runtime is installed on this machine. */
  readonly isInstalled: () => boolean;
  readonly command: readonly [program: string, ...args: readonly string[]];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where it runs, if that matters. */
  readonly folder?: string;
}

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const succeeds = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;

/** Debian's Python, which has Debian's packages. */
const PYTHON = '/usr/bin/python3';

export const OURS: Implementation = {
  name: 'Node (coze-chat-embed/server)',
  isInstalled: () => true,
  command: [process.execPath, '--import', 'tsx', path('test/contract/ours.ts')],
};

export const PYTHON_FLASK: Implementation = {
  name: 'Python (Flask)',
  isInstalled: () => succeeds(PYTHON, '-c', 'import flask, jwt, cryptography'),
  command: [PYTHON, path('demo/backends/python/app.py')],
};

export const PYTHON_FASTAPI: Implementation = {
  name: 'Python (FastAPI)',
  isInstalled: () => succeeds(PYTHON, '-c', 'import fastapi, uvicorn, jwt, cryptography'),
  command: [PYTHON, path('demo/backends/fastapi/main.py')],
};

export const PHP: Implementation = {
  name: 'PHP',
  isInstalled: () => succeeds('php', '-r', 'exit(extension_loaded("openssl") ? 0 : 1);'),
  command: ['php', '-S', '127.0.0.1:0', path('demo/backends/php/app.php')],
  // By default PHP's server handles one request at a time.
  environment: { PHP_CLI_SERVER_WORKERS: '8' },
};

export const GO: Implementation = {
  name: 'Go',
  isInstalled: () => succeeds('go', 'version'),
  command: ['go', 'run', path('demo/backends/go/main.go')],
};

export const JAVA: Implementation = {
  name: 'Java',
  isInstalled: () => succeeds('javac', '--version'),
  command: ['java', path('demo/backends/java/TokenEndpoint.java')],
};

export interface RunningImplementation {
  readonly url: string;
  readonly origin: string;
  /** Everything that the program has printed. */
  readonly output: () => string;
  stop(): Promise<void>;
}

const TIME_LIMIT_MS = 60_000;

export async function startImplementation(
  { command: [program, ...args], environment, name, folder }: Implementation,
  variables: Readonly<Record<string, string>>,
): Promise<RunningImplementation> {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, PORT: '0', ...environment, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that it can be ended with its child processes.
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  const port = await portIn(child, () => output);
  if (port === undefined) throw new Error(`${name} ended before it listened:\n${output}`);
  const origin = `http://127.0.0.1:${port}`;
  return {
    url: `${origin}/api/coze/token`,
    origin,
    output: () => output,
    stop: async () => {
      if (child.exitCode !== null || child.pid === undefined) return;
      const ended = once(child, 'exit');
      process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
  };
}

function portIn(child: ChildProcess, output: () => string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => resolve(undefined), TIME_LIMIT_MS);
    const look = (): void => {
      const [, port] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(output()) ?? [];
      if (port === undefined) return;
      clearTimeout(limit);
      resolve(port);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('exit', () => resolve(undefined));
  });
}
