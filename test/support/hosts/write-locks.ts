/**
 * `npm run hosts:lock`, after a build: writes a lock file for each app in `test/hosts/`, or for those named after `--`. The files contain
 * no registry, and no digest of our own package, which every build changes.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { packInto } from './app.js';
import { run } from './run.js';

interface LockFile {
  readonly packages: Record<string, { integrity?: string }>;
}

const PACKAGE = 'node_modules/coze-chat-embed';

const HOSTS = fileURLToPath(new URL('../../hosts/', import.meta.url));
const folders = (await readdir(HOSTS, { withFileTypes: true })).filter((entry) => entry.isDirectory());

const wanted = process.argv.slice(2);

for (const { name } of folders) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const cwd = `${HOSTS}${name}`;
  await packInto(cwd);
  try {
    // npm would otherwise keep the data of an earlier tarball with the same name.
    if (existsSync(`${cwd}/package-lock.json`)) await changeLock(cwd, (packages) => delete packages[PACKAGE]);
    await run(
      'npm',
      ['install', '--package-lock-only', '--ignore-scripts', '--omit-lockfile-registry-resolved', '--no-audit', '--no-fund'],
      { cwd },
    );
    const count = await changeLock(cwd, (packages) => delete packages[PACKAGE]?.integrity);
    console.log(`${name}: ${count - 1} packages`);
  } finally {
    await rm(`${cwd}/coze-chat-embed.tgz`);
  }
}

/** @returns the number of packages in the file, including the app itself */
async function changeLock(folder: string, change: (packages: LockFile['packages']) => void): Promise<number> {
  const path = `${folder}/package-lock.json`;
  const lock = JSON.parse(await readFile(path, 'utf8')) as LockFile;
  change(lock.packages);
  await writeFile(path, `${JSON.stringify(lock, null, 2)}\n`);
  return Object.keys(lock.packages).length;
}
