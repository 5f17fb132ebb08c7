/** Runs the command line, and captures everything it prints. */
import { randomBytes } from 'node:crypto';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import type { CopyDeps } from '../../../src/cli/copy/copy-frame.js';
import type { DoctorDeps } from '../../../src/cli/doctor/deps.js';
import type { CheckId, Finding } from '../../../src/cli/doctor/finding.js';
import type { InitDeps } from '../../../src/cli/init/init.js';
import type { MigrateDeps } from '../../../src/cli/migrate/migrate.js';
import { type ExitCode, type LastingCommands, run } from '../../../src/cli/run.js';

export interface Run {
  readonly exitCode: ExitCode;
  readonly output: string;
  readonly errors: string;
}

export interface Surroundings extends Partial<DoctorDeps & CopyDeps & InitDeps & MigrateDeps & LastingCommands> {
  readonly useColour?: boolean;
  /** Content of `config.json`; without it the file does not exist. */
  readonly config?: object | string;
}

/** Every output of this test file so far, for the search for secrets. */
export const allOutput: string[] = [];

export async function type(args: readonly string[], { useColour = false, config, ...tools }: Surroundings = {}): Promise<Run> {
  let output = '';
  let errors = '';
  const readTextFile = (path: string): Promise<string> =>
    path === 'config.json' && config !== undefined
      ? Promise.resolve(typeof config === 'string' ? config : JSON.stringify(config))
      : Promise.reject(Object.assign(new Error(`ENOENT: no such file, open '${path}'`), { code: 'ENOENT' }));
  const exitCode = await run(
    args,
    {
      fetch: globalThis.fetch,
      now: () => Date.now(),
      randomBytes: (length) => randomBytes(length),
      readTextFile,
      readBinaryFile: () => Promise.reject(new Error('There is no disk.')),
      listFiles: () => Promise.reject(new Error('There is no disk.')),
      listProject: () => Promise.resolve([]),
      writeNewFile: () => Promise.reject(new Error('There is no disk.')),
      listPageFiles: () => Promise.reject(new Error('There is no disk.')),
      rewriteFile: () => Promise.reject(new Error('There is no disk.')),
      appendToFile: () => Promise.reject(new Error('There is no disk.')),
      serve: () => Promise.resolve(0),
      standIn: () => Promise.resolve(0),
      copyFrameTo: () => Promise.reject(new Error('There is no disk.')),
      ...tools,
    },
    { useColour, write: (text) => (output += text), writeError: (text) => (errors += text) },
  );
  allOutput.push(output, errors);
  return { exitCode, output, errors };
}

export interface Diagnosis {
  readonly exitCode: ExitCode;
  readonly ok: boolean;
  readonly checks: readonly Finding[];
  find(id: CheckId): Finding;
}

/** Runs with `--json` and parses the output. */
export async function diagnose(args: readonly string[], surroundings?: Surroundings): Promise<Diagnosis> {
  const { exitCode, output } = await type(['doctor', ...args, '--json'], surroundings);
  const { ok, checks } = JSON.parse(output) as { readonly ok: boolean; readonly checks: readonly Finding[] };
  const find = (id: CheckId): Finding => {
    const found = checks.find((check) => check.id === id);
    if (found === undefined) throw new Error(`There is no check ${id}.`);
    return found;
  };
  return { exitCode, ok, checks, find };
}

/** The checks that failed, by id. */
export function failedIn({ checks }: Diagnosis): readonly CheckId[] {
  return checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
}

/** Runs the doctor with a stand-in's config. */
export function examineSetUp(coze: CozeStandIn, args: readonly string[] = [], surroundings: Surroundings = {}): Promise<Diagnosis> {
  return diagnose(['--config', 'config.json', ...args], { config: coze.oauthConfig, ...surroundings });
}
