/** Commands as somebody at a terminal would start them, who knows nothing of the tests. */
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

const TIME_LIMIT_MS = 240_000;

/** Resolves with what it printed. Rejects with it when it fails, or takes too long: then it is ended with all that it has started. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const child = start(command, args, options, 'pipe');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += String(text)));
  const limit = setTimeout(() => end(child), TIME_LIMIT_MS);
  const [exitCode] = (await once(child, 'close')) as [number | null];
  clearTimeout(limit);
  if (exitCode !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${exitCode ?? 'a signal'}:\n${output}`);
  return output;
}

export interface RunningServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Starts a program, by Node where no other is named, that prints a URL once it listens. */
export async function startServer(args: readonly string[], options: RunOptions, command = process.execPath): Promise<RunningServer> {
  const child = start(command, args, options, 'inherit');
  const port = await Promise.race([portIn(child), once(child, 'exit').then(() => undefined)]);
  if (port === undefined) throw new Error(`${args.join(' ')} ended before it listened.`);
  return {
    // Another site than the API's 127.0.0.1, so that cookies and CORS are real.
    origin: `http://localhost:${port}`,
    stop: async () => {
      if (child.exitCode !== null) return;
      const exit = once(child, 'exit');
      end(child);
      await exit;
    },
  };
}

function start(command: string, args: readonly string[], { cwd, env }: RunOptions, stderr: 'pipe' | 'inherit'): ChildProcess {
  const options: SpawnOptions = { cwd, env: { ...plainEnvironment(), ...env }, stdio: ['ignore', 'pipe', stderr], detached: true };
  return spawn(command, args, options);
}

/** A group of its own, see `detached`. */
function end({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

async function portIn({ stdout }: ChildProcess): Promise<string | undefined> {
  if (stdout === null) return undefined;
  for await (const line of createInterface(stdout)) {
    const [, port] = /https?:\/\/[^\s/:]+:(\d+)/.exec(line) ?? [];
    if (port !== undefined) return port;
  }
  return undefined;
}

/** Without what the test runner and an npm script around it say to bundlers and to npm. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const ofTests =
    /^(?:NODE_ENV|VITEST.*|TEST|MODE|DEV|PROD|SSR|BASE_URL|npm_(?:package|lifecycle|execpath|node_execpath|command|config_ignore_scripts).*)$/;
  const others = Object.entries(process.env).filter(([name]) => !ofTests.test(name));
  return { ...Object.fromEntries(others), CI: '1' };
}
