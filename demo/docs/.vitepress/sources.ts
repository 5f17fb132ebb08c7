/** A digest of the site's sources, by which a server recognises an outdated build. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

/** Pages include the backend examples, the sidecar's settings and the changelog from these folders. */
const SOURCES = ['demo/docs', 'demo/pictures', 'demo/backends', 'demo/serve', 'CHANGELOG.md', 'package-lock.json'];

/** Where the site is built. */
export const SITE_DIR = join(PROJECT, '.vite/docs');

/** In {@link SITE_DIR}: the digest of the sources that were built. */
export const DIGEST_FILE = 'sources.sha256';

export function digestSources(): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((path) => listFiles(join(PROJECT, path))).sort()) {
    hash.update(`${relative(PROJECT, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function listFiles(path: string): readonly string[] {
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
