/**
 * The types of the packed package, checked by each framework's own tools in `test/types`. What has to be an error there says so: a
 * compiler fails where an expected one does not come.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { codeBlocksIn } from '../support/markdown.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TYPES = join(ROOT, 'test/types');
const run = promisify(execFile);

beforeAll(async () => {
  const packed = await mkdtemp(join(tmpdir(), 'coze-types-'));
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', packed], { cwd: ROOT });
  const [{ filename }] = JSON.parse(stdout) as [{ readonly filename: string }];
  const installed = join(TYPES, 'node_modules/coze-chat-embed');
  await rm(installed, { recursive: true, force: true });
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', join(packed, filename), '-C', installed, '--strip-components', '1']);
  await rm(packed, { recursive: true });
  await writeReadmeExamples();
});

/** Beside the others, so that they are checked as well. */
async function writeReadmeExamples(): Promise<void> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const examples = (language: string): readonly string[] => codeBlocksIn(readme, 'Frameworks', language);
  const [react = '', solid = ''] = examples('tsx');
  await writeFile(join(TYPES, 'react-19/readme.tsx'), react);
  await writeFile(join(TYPES, 'preact/readme.tsx'), react.replace('coze-chat-embed/react', 'coze-chat-embed/preact'));
  await writeFile(join(TYPES, 'solid/readme.tsx'), solid);
  await writeFile(join(TYPES, 'angular/readme.ts'), examples('ts').join('\n'));
  for (const language of ['vue', 'svelte']) await writeFile(join(TYPES, language, `readme.${language}`), examples(language).join('\n'));
}

/** What the tool complains of. */
const complaints = (tool: string, ...args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    // Angular's compiler complains in colours, and on stderr.
    execFile(join(TYPES, 'node_modules/.bin', tool), args, { cwd: TYPES }, (_, ...out) => resolve(stripVTControlCharacters(out.join(''))));
  });

it.each(['dom', 'react-18', 'react-19', 'preact', 'solid'])('TypeScript knows <coze-chat> in %s, right from wrong', async (folder) => {
  expect(await complaints('tsc', '-p', folder)).toBe('');
});

it('Vue’s templates know <coze-chat>, right from wrong', async () => {
  expect(await complaints('vue-tsc', '-p', 'vue')).toBe('');
});

it('Svelte’s templates know <coze-chat>, right from wrong', async () => {
  const lines = (await readFile(join(TYPES, 'svelte/App.svelte'), 'utf8')).split('\n');
  const wrong = lines.flatMap((line, index) => (line.startsWith('<!-- Wrong:') ? [index + 2] : []));
  const output = await complaints('svelte-check', '--workspace', 'svelte', '--tsconfig', './tsconfig.json', '--output', 'machine');
  expect(output).toContain('COMPLETED');
  const found = [...output.matchAll(/ (?:ERROR|WARNING) "([^"]+)" (\d+):/g)].map(([, file, line]) => `${file}:${line}`);
  expect(found).toEqual(wrong.map((line) => `App.svelte:${line}`));
});

it('Angular’s compiler takes <coze-chat>, and knows right from wrong beside it', async () => {
  const component = (await readFile(join(TYPES, 'angular/app.ts'), 'utf8')).split('\n');
  const wrong = component.flatMap((line, index) => (line.includes('<!-- Wrong:') ? [index + 2] : []));
  const output = await complaints('ngc', '-p', 'angular', '--noEmit');
  const found = [...output.matchAll(/^(\S+?):(\d+):\d+ - error/gm)].map(([, file, line]) => `${file}:${line}`);
  expect(found).toEqual(wrong.map((line) => `app.ts:${line}`));
});
