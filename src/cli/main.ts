#!/usr/bin/env node
/** Entry point of `npx coze-chat-embed`. */
import { randomBytes } from 'node:crypto';
import { appendFile, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { listServedFiles } from './doctor/served-files.js';
import { listPageFiles, rewriteFile } from './migrate/site-files.js';
import { run } from './run.js';
import type { StandIn } from './serve/serve.js';
import type { Terminal } from './terminal.js';

/** In the package the folder is beside this script. */
const FRAME_FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'frame');

/** Also beside this script: a separate program, which shares no code with the package. */
interface StandInModule {
  readonly startCozeStandIn: (options: object) => Promise<StandIn>;
  readonly openStandIn: (options: object) => Promise<StandIn>;
  readonly describeStandIn: (standIn: StandIn, configPath: string) => string;
}

function loadStandInModule(): Promise<StandInModule> {
  const url = new URL('stand-in.js', import.meta.url).href;
  return import(url) as Promise<StandInModule>;
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** Slow enough to watch an answer stream in. */
const STAND_IN_PACE = { beforeAnswerMs: 400, betweenWordsMs: 40 };

// The program that reads the output may exit early, as `head` does. This program then exits, too.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await run(
  process.argv.slice(2),
  {
    fetch: (input, init) => globalThis.fetch(input, init),
    now: () => Date.now(),
    randomBytes: (length) => randomBytes(length),
    readTextFile: (path) => readFile(path, 'utf8'),
    readBinaryFile: (path) => readFile(path),
    listFiles: listServedFiles,
    listProject: async () => {
      const inSource = await readdir('src').catch(() => []);
      return [...(await readdir('.')), ...inSource.map((name) => `src/${name}`)];
    },
    writeNewFile: async (path, text) => {
      await mkdir(dirname(path), { recursive: true });
      // `wx` creates the file, or leaves an existing one untouched.
      return writeFile(path, text, { flag: 'wx' }).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
          throw error;
        },
      );
    },
    listPageFiles,
    rewriteFile,
    appendToFile: (path, text) => appendFile(path, text),
    copyFrameTo: async (folder) => {
      await cp(FRAME_FOLDER, folder, { recursive: true });
      const files = await readdir(FRAME_FOLDER, { recursive: true, withFileTypes: true });
      return files.filter((file) => file.isFile()).length;
    },
    serve: async (options, terminal) => {
      const { serve } = await import('./serve/serve.js');
      const startStandIn = async (): Promise<StandIn> => (await loadStandInModule()).startCozeStandIn({ faults: STAND_IN_PACE });
      return serve(options, { environment: process.env, startStandIn, untilStopped }, terminal);
    },
    standIn: runStandInProgram,
  },
  {
    write: (text) => void process.stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
    // https://no-color.org
    useColour: process.stdout.isTTY && !process.env['NO_COLOR'],
  },
).catch(() => {
  // Prints no details, because the error may contain secrets.
  process.stderr.write('The command itself failed. Please report it, with the options that you gave but without their values.\n');
  return 1 as const;
});

async function runStandInProgram(options: { readonly configPath: string }, terminal: Terminal): Promise<0 | 1> {
  const { openStandIn, describeStandIn } = await loadStandInModule();
  try {
    const standIn = await openStandIn(options);
    terminal.write(`${describeStandIn(standIn, options.configPath)}Ctrl+C stops it.\n`);
    await untilStopped();
    await standIn.stop();
    return 0;
  } catch (error) {
    terminal.writeError(`${error instanceof Error ? error.message : 'The stand-in could not start.'}\n`);
    return 1;
  }
}
