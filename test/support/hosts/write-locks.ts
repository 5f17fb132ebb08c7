/**
 * `npm run hosts:lock`, after a build: a lock file for each app in `test/hosts/`. Names no registry, and no digest of our own package,
 * which every build changes.
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { packInto } from './app.js';
import { run } from './run.js';

interface LockFile {
  readonly packages: Record<string, { integrity?: string }>;
}

const hosts = fileURLToPath(new URL('../../hosts/', import.meta.url));
const folders = (await readdir(hosts, { withFileTypes: true })).filter((entry) => entry.isDirectory());

for (const { name } of folders) {
  const cwd = `${hosts}${name}`;
  await packInto(cwd);
  try {
    await run(
      'npm',
      ['install', '--package-lock-only', '--ignore-scripts', '--omit-lockfile-registry-resolved', '--no-audit', '--no-fund'],
      { cwd },
    );
    const lock = JSON.parse(await readFile(`${cwd}/package-lock.json`, 'utf8')) as LockFile;
    delete lock.packages['node_modules/coze-chat-embed']?.integrity;
    await writeFile(`${cwd}/package-lock.json`, `${JSON.stringify(lock, null, 2)}\n`);
    console.log(`${name}: ${Object.keys(lock.packages).length - 1} packages`);
  } finally {
    await rm(`${cwd}/coze-chat-embed.tgz`);
  }
}
