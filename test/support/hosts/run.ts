/** Runs commands as from a terminal, without the environment of the tests. */
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

const TIME_LIMIT_MS = 240_000;

/** Resolves with the output. Rejects with the output if the command fails or takes too long: then it is ended with its child processes. */
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

/** Starts a program, with Node unless another command is given, that prints a URL once it listens. */
export async function startServer(args: readonly string[], options: RunOptions, command = process.execPath): Promise<RunningServer> {
  const child = start(command, args, options, 'inherit');
  const port = await Promise.race([portIn(child), once(child, 'exit').then(() => undefined)]);
  if (port === undefined) throw new Error(`${args.join(' ')} ended before it listened.`);
  return {
    // Another site than the API's 127.0.0.1, so that the tests of cookies and CORS are realistic.
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

/** Ends the whole process group, see `detached`. */
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

/** Without the variables that the test runner and an npm script set for bundlers and for npm. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const ofTests =
    /^(?:NODE_ENV|VITEST.*|TEST|MODE|DEV|PROD|SSR|BASE_URL|npm_(?:package|lifecycle|execpath|node_execpath|command|config_ignore_scripts).*)$/;
  const others = Object.entries(process.env).filter(([name]) => !ofTests.test(name));
  return { ...Object.fromEntries(others), CI: '1' };
}
