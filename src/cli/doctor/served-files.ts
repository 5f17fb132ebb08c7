/** The files that a folder on a web server has, as the server sees them: behind links, too. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Paths in `folder`, no more than `max`. A folder that cannot be read is one of them, for whoever reads files to notice; one that several links lead to
 * is there once. Rejects where `folder` itself cannot be read.
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
      // A link to nothing is nothing to the server, too.
      const entry = await stat(join(folder, below)).catch(() => undefined);
      if (entry?.isFile() === true) found.push(below);
      if (entry?.isDirectory() === true) await visit(below).catch(() => void found.push(below));
    }
  }

  await visit('');
  return found;
}
