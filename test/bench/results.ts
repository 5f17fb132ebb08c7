/** Keeps the latest figures beside the programs that measured them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

/** Writes `results/<name>.json`: the figures, and the command that measured them. */
export async function writeResults(name: string, command: string, figures: object): Promise<void> {
  const path = fileURLToPath(new URL(`results/${name}.json`, import.meta.url));
  await mkdir(fileURLToPath(new URL('results', import.meta.url)), { recursive: true });
  const style = await resolveConfig(path);
  await writeFile(path, await format(JSON.stringify({ command, ...figures }), { ...style, parser: 'json' }));
}
