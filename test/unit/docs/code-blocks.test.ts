// @vitest-environment node
/** Every code block in the documentation is checked in the way that its language allows. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as cem from 'custom-elements-manifest';
import { transform } from 'lightningcss';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { createManifest, findElement } from '../../../src/build/metadata/manifest.js';
import { readPublicApi } from '../../../src/build/metadata/public-api.js';
import { parseCommandLine } from '../../../src/cli/command-line.js';
import { findFramework, type Framework, FRAMEWORKS, PLAIN_NODE, toTypeScript } from '../../../src/cli/init/frameworks.js';
import { VARIABLES } from '../../../src/cli/serve/settings.js';
import { verifyIdentityToken } from '../../../src/server/index.js';
import { blocksIn, type CodeBlock, codeBlocks, listInlineScripts, listLanguages } from './code-blocks.js';
import { projectUrl, readText } from './markdown.js';
import { MODULES, SESSION, SURROUNDINGS } from './surroundings.js';

const project = fileURLToPath(projectUrl);
const element = findElement(createManifest(readPublicApi(project)));

/** Blocks that another test checks, or that show output or a drawing. */
const ELSEWHERE: readonly (readonly [page: string, language: string, where: string])[] = [
  ['guide/frameworks/react', 'tsx', 'test/package/framework-types.test.ts'],
  ['guide/frameworks/angular-solid', 'tsx', 'test/package/framework-types.test.ts'],
  ['guide/frameworks/angular-solid', 'ts', 'test/package/framework-types.test.ts'],
  ['guide/frameworks/vue', 'vue', 'test/package/framework-types.test.ts'],
  ['guide/frameworks/svelte', 'svelte', 'test/package/framework-types.test.ts'],
  ['guide/migration', 'vue', 'test/package/framework-types.test.ts'],
  ['guide/csp', 'text', 'test/unit/docs/pages.test.ts'],
  ['guide/testing', 'text', 'what the stand-in prints'],
  ['guide/gateway', 'text', 'a drawing'],
  ['guide/backends/go', 'go', 'test/contract/backends/try-pages.test.ts'],
  ['guide/backends/java', 'java', 'test/contract/backends/try-pages.test.ts'],
  ['guide/backends/sidecar', 'python', 'test/contract/python.test.ts'],
  ['guide/backends/sidecar', 'nginx', 'the configuration of a server that is not here'],
  ['guide/backends/sidecar', 'apache', 'the configuration of a server that is not here'],
  ['guide/backends/sidecar', 'text', 'the configuration of Caddy, a server that is not here'],
];

const CHECKED_HERE = ['js', 'ts', 'tsx', 'html', 'css', 'json', 'sh', 'php'];

const isElsewhere = ({ page, language }: CodeBlock): boolean => ELSEWHERE.some(([where, of]) => where === page && of === language);

it('Every code block has a language that this file checks, or another test checks it', () => {
  const unchecked = codeBlocks.filter((block) => !CHECKED_HERE.includes(block.language) && !isElsewhere(block));
  expect(unchecked.map(({ place, language }) => `${place} ${language}`)).toEqual([]);
  const unused = ELSEWHERE.filter(([page, language]) => !codeBlocks.some((block) => block.page === page && block.language === language));
  expect(unused).toEqual([]);
});

describe('JavaScript and TypeScript', () => {
  const blocks = [...blocksIn('js', 'ts', 'tsx').filter((block) => !isElsewhere(block)), ...listInlineScripts()];

  it('The JavaScript and TypeScript in the documentation compiles with the types of the package', () => {
    expect(blocks.length).toBeGreaterThan(30);
    expect(findTypeErrors(blocks)).toEqual([]);
  }, 120_000);

  it('The page on Nuxt has the configuration with which the tests build a site', () => {
    const settings = (code: string): string => code.slice(0, code.indexOf('  app: '));
    const tested = settings(readText('test/hosts/nuxt/nuxt.config.ts'));
    expect(tested).toContain('nitro: ');
    expect(codeBlocks.filter(({ page }) => page === 'guide/frameworks/nuxt').map(({ code }) => settings(code))).toContain(tested);
    const { steps } = FRAMEWORKS.nuxt;
    const spaced = (code: string): string => code.replaceAll(/\s+/g, ' ');
    for (const line of [/ {2}(nitro: .*),/, /('nitro:build[\s\S]*?),\n {2}\}/]) {
      expect(spaced(steps().join(' '))).toContain(spaced(line.exec(tested)?.[1] ?? 'nothing'));
    }
  });

  it('The TypeScript that init writes compiles in a strict project', () => {
    const written = [...Object.values<Framework>(FRAMEWORKS), PLAIN_NODE].map(({ title, content = '' }) => ({
      place: title,
      page: title,
      language: 'ts',
      code: toTypeScript(content),
    }));
    const [, hint = ''] = /\/\/ (\(_request, _claims, .*)/.exec(toTypeScript(FRAMEWORKS.express.content)) ?? [];
    expect(hint).toContain('incoming.session');
    const withSession = written.map((file) => ({ ...file, code: file.code.replace('async (_request) => null', hint) }));
    expect(findTypeErrors([...written, ...withSession], { strict: true, noUnusedLocals: true, noUnusedParameters: true })).toEqual([]);
  }, 120_000);

  it.each([
    ['guide/frameworks/next', 'next'],
    ['guide/frameworks/nuxt', 'nuxt'],
    ['guide/frameworks/sveltekit', '@sveltejs/kit'],
    ['guide/frameworks/astro', 'astro'],
    ['guide/backends/node', 'fastify'],
    ['guide/backends/node', 'koa'],
  ])('The page %s has the file that init writes for %s', (page, name) => {
    const framework = findFramework({
      packages: new Set([name]),
      usesTypeScript: false,
      hasSourceFolder: false,
      isModule: true,
      files: new Set(['package.json']),
    });
    const codes = codeBlocks.filter((block) => block.page === page).map(({ code }) => code);
    expect(codes).toContain(framework.content);
  });
});

it.each([
  ['sveltekit', '@sveltejs/kit'],
  ['astro', 'astro'],
  ['nuxt', 'nuxt'],
])('The page %s says in each language how to start the server with its environment file', (page, name) => {
  const { start = '' } = findFramework({
    packages: new Set([name]),
    usesTypeScript: false,
    hasSourceFolder: false,
    isModule: true,
    files: new Set(['package.json']),
  });
  const commands = start.match(/node --env-file[^,;]*?(?= for development|$)/g) ?? [];
  expect(commands.length).toBeGreaterThan(0);
  for (const language of listLanguages()) {
    const text = readText(`demo/docs/${language}/guide/frameworks/${page}.md`);
    for (const command of commands) expect(text, language).toContain(`\`${command}\``);
  }
});

/** One TypeScript program for all blocks, with the package's source for their imports of the package. */
function findTypeErrors(blocks: readonly CodeBlock[], strictness: ts.CompilerOptions = { strict: false }): readonly string[] {
  const folder = join(project, 'test/unit/docs/blocks/');
  const sources = new Map<string, string>([
    [`${folder}surroundings.d.ts`, SURROUNDINGS],
    [`${folder}modules.d.ts`, MODULES],
    [`${folder}request-session.d.ts`, SESSION],
    [`${folder}session.js`, 'export const userOfSession = async (_cookie) => ({ id: "42" });'],
  ]);
  const places = new Map<string, string>();
  for (const [index, { place, language, code }] of blocks.entries()) {
    const file = `${folder}block-${index}.${language}`;
    places.set(file, place);
    // Makes each block a module, so that blocks do not share names.
    sources.set(file, `${code}\nexport {};\n`);
  }
  const options: ts.CompilerOptions = {
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
    ...{ lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.esnext.disposable.d.ts'], types: ['node'] },
    ...{ allowJs: true, checkJs: true, noEmit: true, skipLibCheck: true, esModuleInterop: true, jsx: ts.JsxEmit.ReactJSX },
    ...{ experimentalDecorators: true, useDefineForClassFields: false, ...strictness },
    paths: {
      'coze-chat-embed': [join(project, 'src/index.ts')],
      'coze-chat-embed/define': [join(project, 'src/define.ts')],
      'coze-chat-embed/react': [join(project, 'src/frameworks/react.d.ts')],
      'coze-chat-embed/server': [join(project, 'src/server/index.ts')],
      'coze-chat-embed/webchatclient.js': [join(project, 'src/webchatclient/webchatclient.ts')],
      'coze-chat-embed/server/node': [join(project, 'src/server/node.ts')],
    },
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.directoryExists = (path) => `${path}/` === folder || ts.sys.directoryExists(path);
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const source = sources.get(file);
    return source === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, source, rest[0], true);
  };
  // Adds the DOM types of <coze-chat> and its events.
  const program = ts.createProgram([...sources.keys(), join(project, 'src/define.ts')], options, host);
  return [...places].flatMap(([file, place]) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  });
}

describe('HTML', () => {
  const attributes = new Map(element.attributes?.map((attribute) => [attribute.name, attribute] as const));
  const slots = element.slots?.map(({ name }) => name) ?? [];

  it.each(blocksIn('html').map((block) => [block.place, block] as const))(
    'The HTML in %s has only attributes, slots and commands that exist',
    (_, { code }) => {
      const tags = [...code.matchAll(/<(coze-chat|script|button|a|span)\b([^>]*)>/g)];
      const wrong = tags.flatMap(([, tag = '', text = '']) => {
        const given = [...text.matchAll(/([\w:.-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, value] as const);
        if (tag === 'coze-chat') return given.filter(([name, value]) => !isAttribute(name, value));
        if (tag === 'script') {
          const data = given.filter(([name]) => name.startsWith('data-'));
          return data.filter(([name, value]) => !isAttribute(name.slice('data-'.length), value));
        }
        return given.filter(
          ([name, value]) => (name === 'slot' && !slots.includes(value)) || (name === 'data-coze-chat' && !WORDS.test(value)),
        );
      });
      expect(wrong).toEqual([]);
    },
  );

  const WORDS = /^(?:open|close|toggle|send)$/;

  function isAttribute(name: string, value: string): boolean {
    if (['id', 'class', 'slot'].includes(name)) return true;
    const attribute = attributes.get(name);
    return attribute !== undefined && isChoice(attribute, value);
  }

  function isChoice({ type }: cem.Attribute, value: string): boolean {
    const choices = [...(type?.text.matchAll(/'([^']+)'/g) ?? [])].map(([, choice]) => choice);
    return choices.length === 0 || choices.includes(value);
  }
});

describe('CSS', () => {
  const names = [
    ...(element.cssProperties ?? []).map(({ name }) => name),
    ...(element.cssParts ?? []).map(({ name }) => `::part(${name})`),
  ];

  it.each(blocksIn('css').map((block) => [block.place, block] as const))(
    'The CSS in %s can be parsed, and has only custom properties and parts that exist',
    (_, { code }) => {
      const { warnings } = transform({ filename: 'example.css', code: Buffer.from(code) });
      expect(warnings).toEqual([]);
      const used = [...code.matchAll(/--coze-chat-[\w-]+|::part\([\w-]+\)/g)].map(([name]) => name);
      expect(used.filter((name) => !names.includes(name))).toEqual([]);
    },
  );
});

describe('JSON', () => {
  it.each(blocksIn('json').map((block) => [block.place, block] as const))('The JSON in %s can be parsed', (_, { code }) => {
    expect(() => void JSON.parse(code)).not.toThrow();
  });
});

describe('Commands', () => {
  const { scripts } = JSON.parse(readText('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
  const OF_THE_PREVIEW = ['COZE_OAUTH_CONFIG', 'COZE_BOT_ID'];
  /** Of the backends in other languages, which test/contract starts. */
  const OF_THE_BACKENDS = ['SESSIONS'];
  const START_OF_A_BACKEND = /^(?:python app\.py|php -S \S+ app\.php|go run main\.go)$/;

  function isKnown(line: string): boolean {
    const [, settings = '', command = ''] = /^((?:[A-Z_]+=(?:"[^"]*"|'[^']*'|\S+) )*)(.*)$/.exec(line) ?? [];
    const variables = [...settings.matchAll(/(?<=^|\s)([A-Z_]+)=/g)].map(([, name = '']) => name);
    if (variables.some((name) => !(name in VARIABLES) && ![...OF_THE_PREVIEW, ...OF_THE_BACKENDS].includes(name))) return false;
    const [program, ...args] = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    if (program === 'npx' && args[0] === 'coze-chat-embed') return parseCommandLine(args.slice(1)).ok;
    if (program === 'npm' && args[0] === 'run') return (args[1] ?? '') in scripts;
    if (program === 'npm') return args[0] === 'start' || args[0] === 'test' || args[0] === 'pack' || args[1]?.endsWith('.tgz') === true;
    // The requests of curl commands are sent in backend.test.ts.
    return program === 'curl' || START_OF_A_BACKEND.test(command);
  }

  it.each(blocksIn('sh').map((block) => [block.place, block] as const))('The commands in %s exist', (_, { code }) => {
    const lines = code
      .replaceAll('\\\n', ' ')
      .split(/\n| && /)
      .map((line) => line.replace(/\s+#.*$/, '').trim());
    expect(lines.filter((line) => line !== '' && !isKnown(line))).toEqual([]);
  });
});

describe('Plugin for WordPress', () => {
  const [plugin] = blocksIn('php');
  const SECRET = 'only for the test of a plugin, long enough';
  /** Stubs for WordPress, of which the plugin calls four functions. */
  const wordPress = (user: number): string => `
    define('IDENTITY_SECRET', '${SECRET}');
    function get_current_user_id() { return ${user}; }
    function esc_attr($text) { return htmlspecialchars($text, ENT_QUOTES); }
    function add_action($name, $run) { $run(); }
  `;
  const print = (user: number): string =>
    spawnSync('php', { input: (plugin?.code ?? '').replace('<?php', `<?php ${wordPress(user)}`), encoding: 'utf8' }).stdout;

  it.skipIf(spawnSync('php', ['--version']).status !== 0)(
    'The plugin prints an identity token for a signed-in visitor, and a script element without one otherwise',
    async () => {
      const [, token = ''] = /data-identity-token="([^"]+)"/.exec(print(42)) ?? [];
      const identify = verifyIdentityToken({ secret: SECRET, audience: 'chat' });
      const request = new Request('https://shop.example/coze/token');
      expect(await identify(request, { identityToken: token, reason: 'initial' }, undefined)).toMatchObject({ id: '42' });
      expect(print(0)).toBe('<script src="/coze/embed.js" defer data-bot-id="73428668"></script>');
    },
  );
});
