/**
 * The package depends on the files' content only: `npm run pack:digest` prints the same digest for a `dist/` in any folder and with any
 * timestamps.
 */
import { cp, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { packProject } from '../support/pack.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

test('The same files are packed into the same bytes, in another folder and with other timestamps', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coze-again-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { files } = (await import('../../package.json', { with: { type: 'json' } })).default;
  // Files that npm always packs.
  for (const name of [...files, 'package.json', 'README.md', 'README.zh-CN.md', 'LICENSE'])
    await cp(join(ROOT, name), join(folder, name), { recursive: true });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), 1, 1);
  }
  expect(await packProject(folder)).toEqual(await packProject(ROOT));
});
