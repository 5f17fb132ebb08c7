/** Lists the files of a folder as a web server sees them, including those behind links. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isWronglyDecoded } from '../../core/values/wrongly-decoded.js';

/**
 * Paths in `folder`, at most `max`. A folder that cannot be read is listed as a path, so that reading it fails visibly; a folder behind
 * several links is listed once. Rejects if `folder` itself cannot be read.
 */
export async function listServedFiles(folder: string, max: number): Promise<readonly string[]> {
  const found: string[] = [];
  const visited = new Set<string>();

  async function visit(path: string): Promise<void> {
    const real = await realpath(join(folder, path));
    if (visited.has(real)) return;
    visited.add(real);
    for (const { name } of await readdir(real, { withFileTypes: true })) {
      if (found.length >= max) return;
      const below = join(path, name);
      // A broken link does not exist for the server either. A name that is not UTF-8 does, but only its bytes find it.
      const entry = await stat(join(folder, below)).catch(() => undefined);
      if (entry === undefined ? isWronglyDecoded(name) : entry.isFile()) found.push(below);
      if (entry?.isDirectory() === true) await visit(below).catch(() => void found.push(below));
    }
  }

  await visit('');
  return found;
}
