#!/usr/bin/env node
/** Entry point of `npx coze-chat-embed`. */
import { randomBytes } from 'node:crypto';
import { cp, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { run } from './run.js';

/** In the package it is beside this script. */
const FRAME_FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'frame');

process.exitCode = await run(
  process.argv.slice(2),
  {
    fetch: (input, init) => globalThis.fetch(input, init),
    now: () => Date.now(),
    randomBytes: (length) => randomBytes(length),
    readTextFile: (path) => readFile(path, 'utf8'),
    copyFrameTo: async (folder) => {
      await cp(FRAME_FOLDER, folder, { recursive: true });
      const files = await readdir(FRAME_FOLDER, { recursive: true, withFileTypes: true });
      return files.filter((file) => file.isFile()).length;
    },
  },
  {
    write: (text) => void process.stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
    // https://no-color.org
    useColour: process.stdout.isTTY && !process.env['NO_COLOR'],
  },
).catch(() => {
  // The error may hold anything.
  process.stderr.write('The command itself failed. Please report it, with the options that you gave but without their values.\n');
  return 1 as const;
});
