/**
 * `npm run pack:digest`, after a build: prints the digest of the package's file, so that others can build and compare it. With `--
 * --rebuild` it builds once more, and fails if the bytes differ.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PackedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** In the format of registries and lock files. */
  readonly integrity: string;
}

/** Packs the project in `folder` with the existing `dist/`. */
export async function packProject(folder: string): Promise<PackedFile> {
  const target = await mkdtemp(join(tmpdir(), 'coze-pack-'));
  try {
    const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', target], { cwd: folder });
    const [{ filename }] = JSON.parse(stdout) as [{ readonly filename: string }];
    const content = await readFile(join(target, filename));
    const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
    return { name: filename, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex'), integrity };
  } finally {
    await rm(target, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = fileURLToPath(new URL('../../', import.meta.url));
  const { name, bytes, sha256, integrity } = await packProject(folder);
  console.log(`${name}  ${bytes} bytes\nsha256  ${sha256}\n${integrity}`);
  if (process.argv.includes('--rebuild')) {
    await run('npm', ['run', '--silent', 'build'], { cwd: folder });
    const again = await packProject(folder);
    process.exitCode = again.sha256 === sha256 ? 0 : 1;
    console.log(again.sha256 === sha256 ? 'A second build gives the same bytes.' : `A second build gives others: ${again.sha256}`);
  }
}
