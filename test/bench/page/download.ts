/** Downloads the published files of a package that only the bench needs: fetched by npm, unpacked, kept for the next run. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/coze-chat-embed-bench', import.meta.url));

/**
 * @returns folder of the unpacked package. None of its scripts are run, and its dependencies are not fetched, because it is bundled to
 * stand alone.
 */
export function download(name: string, version: string): string {
  const folder = join(CACHE, `${name.replace('/', '-')}-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const scratch = mkdtempSync(join(CACHE, 'new-'));
  try {
    const [{ filename }] = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--ignore-scripts', `${name}@${version}`], { cwd: scratch, encoding: 'utf8' }),
    ) as [{ filename: string }];
    execFileSync('tar', ['-xzf', filename], { cwd: scratch });
    renameSync(join(scratch, 'package'), folder);
  } finally {
    rmSync(scratch, { recursive: true });
  }
  return folder;
}
