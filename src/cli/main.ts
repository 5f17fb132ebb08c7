#!/usr/bin/env node
/** What `npx coze-chat-embed` starts. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { run } from './run.js';

process.exitCode = await run(
  process.argv.slice(2),
  {
    fetch: (input, init) => globalThis.fetch(input, init),
    now: () => Date.now(),
    randomBytes: (length) => randomBytes(length),
    readTextFile: (path) => readFile(path, 'utf8'),
  },
  {
    write: (text) => void process.stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
    // https://no-color.org
    useColour: process.stdout.isTTY && !process.env['NO_COLOR'],
  },
).catch(() => {
  // The error may hold anything.
  process.stderr.write('The doctor itself failed. Please report it, with the options that you gave but without their values.\n');
  return 1 as const;
});
