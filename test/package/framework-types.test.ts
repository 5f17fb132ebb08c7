/**
 * The types of the packed package, checked by each framework's own tools in `test/types`. Intended errors are marked there: a compiler
 * fails if a marked error is missing.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { toPastedChat } from '../../demo/playground/output/pasted-chat.js';
import { createSnippet } from '../../demo/playground/output/snippets.js';
import { INITIAL_SETTINGS } from '../../demo/playground/settings/settings.js';
import { codeBlocksIn } from '../support/markdown.js';
import { listFullSettings } from '../unit/demo/playground/settings-arbitrary.js';

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
  await writeExamples();
});

/** Adds the examples of documentation and playground, so that they are checked as well. */
async function writeExamples(): Promise<void> {
  const blocks = async (page: string, heading: string, language: string, index = 0): Promise<string> => {
    const text = await readFile(join(ROOT, `demo/docs/en/guide/${page}.md`), 'utf8');
    const code = codeBlocksIn(text, heading, language)[index];
    if (code === undefined) throw new Error(`${page}, "${heading}", has no ${language} block.`);
    return code;
  };
  const react = await blocks('frameworks/react', 'React 19', 'tsx');
  const component = await blocks('frameworks/react', 'React 18, and pages rendered on a server', 'tsx');
  const vue = await blocks('frameworks/vue', 'Vue', 'vue');
  const examples: Readonly<Record<string, string>> = {
    'react-19/example.tsx': react,
    'react-19/component-example.tsx': component,
    'react-19/migration-example.tsx': await blocks('migration', 'In React and Vue', 'tsx'),
    'react-19/constructor-example.tsx': await blocks('migration', 'In React and Vue', 'tsx', 1),
    'react-18/component-example.tsx': component,
    'preact/example.tsx': react.replace('coze-chat-embed/react', 'coze-chat-embed/preact'),
    'solid/example.tsx': await blocks('frameworks/angular-solid', 'Solid', 'tsx'),
    'angular/example.ts': await blocks('frameworks/angular-solid', 'Angular', 'ts'),
    'vue/example.vue': vue,
    'vue/migration-example.vue': await blocks('migration', 'In React and Vue', 'vue'),
    // vue-tsc loses the types of a tag's events if an attribute contains `//`, and a bot of coze.com needs such an attribute.
    'vue/url-example.vue': vue.replace('bot-id=', 'api-base-url="https://api.coze.com" bot-id='),
    'svelte/example.svelte': await blocks('frameworks/svelte', 'Svelte', 'svelte'),
  };
  for (const [path, code] of [...Object.entries(examples), ...writeSnippets()]) await writeFile(join(TYPES, path), code);
}

/** The playground's snippets, with no setting and with all settings. */
function writeSnippets(): readonly (readonly [path: string, code: string])[] {
  const files = [
    ['react', 'react-18/', 'tsx'],
    ['react', 'react-19/', 'tsx'],
    ['vue', 'vue/', 'vue'],
    ['svelte', 'svelte/', 'svelte'],
  ] as const;
  return [INITIAL_SETTINGS, ...listFullSettings()].flatMap((settings, index) =>
    files.map(([kind, folder, extension]) => {
      const { text } = createSnippet(kind, toPastedChat(settings), settings);
      return [`${folder}snippet-${index}-example.${extension}`, text] as const;
    }),
  );
}

/** The errors that the tool prints. */
const complaints = (tool: string, ...args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    // Angular's compiler prints errors in colours, and to stderr.
    execFile(join(TYPES, 'node_modules/.bin', tool), args, { cwd: TYPES }, (_, ...out) => resolve(stripVTControlCharacters(out.join(''))));
  });

it.each(['dom', 'react-18', 'react-19', 'preact', 'solid'])('TypeScript checks the use of <coze-chat> in %s', async (folder) => {
  expect(await complaints('tsc', '-p', folder)).toBe('');
});

it('The compiler of Vue checks the use of <coze-chat> in templates', async () => {
  expect(await complaints('vue-tsc', '-p', 'vue')).toBe('');
});

it('The compiler of Svelte checks the use of <coze-chat> in templates', async () => {
  const lines = (await readFile(join(TYPES, 'svelte/App.svelte'), 'utf8')).split('\n');
  const wrong = lines.flatMap((line, index) => (line.startsWith('<!-- Wrong:') ? [index + 2] : []));
  const output = await complaints('svelte-check', '--workspace', 'svelte', '--tsconfig', './tsconfig.json', '--output', 'machine');
  expect(output).toContain('COMPLETED');
  const found = [...output.matchAll(/ (?:ERROR|WARNING) "([^"]+)" (\d+):/g)].map(([, file, line]) => `${file}:${line}`);
  expect(found).toEqual(wrong.map((line) => `App.svelte:${line}`));
});

it('The compiler of Angular accepts <coze-chat>, and finds the mistakes beside it', async () => {
  const component = (await readFile(join(TYPES, 'angular/app.ts'), 'utf8')).split('\n');
  const wrong = component.flatMap((line, index) => (line.includes('<!-- Wrong:') ? [index + 2] : []));
  const output = await complaints('ngc', '-p', 'angular', '--noEmit');
  const found = [...output.matchAll(/^(\S+?):(\d+):\d+ - error/gm)].map(([, file, line]) => `${file}:${line}`);
  expect(found).toEqual(wrong.map((line) => `app.ts:${line}`));
});
