import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROJECT_DIR = fileURLToPath(new URL('..', import.meta.url));

/** Runs `npm run build`, which takes half a minute. Rejects with the build's output. */
export async function buildPackage(): Promise<void> {
  const child = spawn('npm', ['run', '--silent', 'build'], { cwd: PROJECT_DIR, shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The package could not be built.\n${output}`);
}
