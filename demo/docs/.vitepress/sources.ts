/** What the site is made of, as one digest: whoever serves it sees whether it is out of date. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

/** Pages take the examples of backends, the sidecar's settings and the changelog from where they are. */
const SOURCES = ['demo/docs', 'demo/pictures', 'demo/backends', 'demo/serve', 'CHANGELOG.md', 'package-lock.json'];

/** Where the site is built. */
export const SITE_DIR = join(PROJECT, '.vite/docs');

/** In {@link SITE_DIR}: the digest of what it was built from. */
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
