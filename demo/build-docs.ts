/** `npm run docs:build`: builds the documentation's site, unless the existing build is up to date. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { DIGEST_FILE, digestSources, SITE_DIR } from './docs/.vitepress/sources.js';

const VITEPRESS = fileURLToPath(new URL('../node_modules/vitepress/bin/vitepress.js', import.meta.url));
const DOCS_DIR = fileURLToPath(new URL('docs', import.meta.url));

export function areDocsUpToDate(): boolean {
  const file = join(SITE_DIR, DIGEST_FILE);
  return existsSync(file) && readFileSync(file, 'utf8') === digestSources();
}

/** Runs VitePress in a child process, so that a server in this process goes on answering. Rejects with the output of VitePress. */
export async function buildDocs(): Promise<void> {
  const child = spawn(execPath, [VITEPRESS, 'build', DOCS_DIR], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The documentation could not be built.\n${output}`);
}

if (argv[1] === fileURLToPath(import.meta.url) && !areDocsUpToDate()) await buildDocs();
