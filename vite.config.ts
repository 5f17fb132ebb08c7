import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { type BuildEnvironmentOptions, type EnvironmentOptions, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { Features } from 'lightningcss';
import { elementFileName } from './src/build/element-file-name.js';
import { buildTargets } from './src/build/browsers.js';
import { sdkAliases, sdkPlugins, toScopedName } from './src/build/sdk-source.js';
import { elementPlugins, plainDynamicImports } from './src/build/element-plugins.js';
import { describeFrameFiles } from './src/build/frame-files.js';
import { writeIntegrity } from './src/build/integrity.js';
import { patchModules } from './src/build/replace-or-fail.js';
import { writeServedFiles } from './src/build/served-files.js';
import { checkSinks } from './src/build/sinks.js';
import { chromiumLaunchOptions } from './test/support/chromium.mjs';
import { sourceFiles } from './test/support/source-files.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The token endpoint's contract, for hosts who write their own. */
const openApiContract: Plugin = {
  name: 'open-api-contract',
  applyToEnvironment: ({ name }) => name === 'server',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'openapi.json', source: readFileSync(here('./src/server/openapi.json')) });
  },
};

/** The element is built after the frame, and says the names that its files have got, and their digests. */
const frameFiles = patchModules({
  name: 'frame-files',
  environment: 'element',
  modules: {
    '/src/frame/host/frame-files.ts': () => {
      const { script, style, chunks } = describeFrameFiles(here('./dist/frame'));
      return `export const FRAME_SCRIPT = ${JSON.stringify(script)}, FRAME_STYLE = ${JSON.stringify(style)}, CHUNK_FILES = ${JSON.stringify(chunks)};`;
    },
  },
});

/** Has to be parsed by browsers that will not run the rest: those with modules. */
const OLD_BROWSERS = 'es2017';

/** Chunks whose functions are nearly all called as soon as they are there. */
const RUN_AT_ONCE = ['define-element', 'chat-controller', 'frame'];

/** Has Chromium compile every function beside the main thread while the file arrives, not each on its first call (V8, explicit compile hints). */
const COMPILE_AT_ONCE = '//# allFunctionsCalledOnLoad';

/** What is not minified keeps its comments, but JSDoc is in the declarations already. */
const WITHOUT_DOCS = { comments: { jsdoc: false } } as const;

/** What one environment writes into `dist/`. */
function bundle(name: string, entries: Readonly<Record<string, string>>, options: BuildEnvironmentOptions = {}): EnvironmentOptions {
  return {
    consumer: 'client',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'dist',
      emptyOutDir: false,
      copyPublicDir: false,
      target: buildTargets,
      minify: true,
      // The helper would put <link> tags into the host's page.
      modulePreload: false,
      // Pictures as files: `data:` would have to be allowed by every host's policy.
      assetsInlineLimit: 0,
      license: { fileName: `licenses/${name}.md` },
      ...options,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, here(path)])),
        preserveEntrySignatures: 'exports-only',
        // Constants of one module decide what another one needs.
        optimization: { inlineConst: { mode: 'all', pass: 3 } },
        ...options.rolldownOptions,
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          postBanner: ({ name }) => (RUN_AT_ONCE.includes(name) ? COMPILE_AT_ONCE : ''),
          ...options.rolldownOptions?.output,
        },
      },
    },
  };
}

/** What a page loads without `type="module"`. */
const CLASSIC_SCRIPT: BuildEnvironmentOptions = { target: OLD_BROWSERS, rolldownOptions: { output: { format: 'iife' } } };

/** For the bundlers of those who use it: in a server's bundle it is as much at home as in a browser's. */
const REACT_COMPONENT: BuildEnvironmentOptions = {
  minify: false,
  rolldownOptions: { output: { ...WITHOUT_DOCS, banner: "'use client';" } },
};

/** What the component is built on stays outside, as do the files beside it. */
const reactOutside: Plugin = {
  name: 'react-outside',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'react' || name === 'preact',
  resolveId(source) {
    if (source === '../define.js') return { id: 'coze-chat-embed/define', external: true };
    if (source !== 'react' && source !== 'preact/compat') return undefined;
    return { id: this.environment.name === 'preact' ? 'preact/compat' : 'react', external: true };
  },
};

/** Tests with real browsers, package managers and compilers. */
const SLOW_TEST = { environment: 'node', testTimeout: 60_000, hookTimeout: 60_000 } as const;

/**
 * Each of these files has a stand-in, a website and a browser of its own, and waits for them most of the time. `npm test` runs nothing beside
 * them; in a run of several projects they have a turn of their own.
 */
const TWO_AT_ONCE = { maxWorkers: Math.min(availableParallelism(), 2), sequence: { groupOrder: 1 } };

/** Pictures, memory, and Chromium's cache of pages: what they look at is the whole browser's, so that they run one after the other. */
const SERIAL_E2E = ['looks', 'accessibility', 'cycles', 'page-life'].map((name) => `test/e2e/${name}.test.ts`);

/** Some of whose tests hold for a gateway, too: those with the tag. */
const GATEWAY_E2E = ['isolation', 'app', 'voice', 'message-bar', 'own-data', 'host-page'].map((name) => `test/e2e/${name}.test.ts`);

/** What holds for attackers and what the field met has folders of its own, in which each folder belongs to a project, too. */
function findTests(project: string): string[] {
  return [`test/${project}`, `test/security/${project}`, `test/field/${project}`].map((folder) => `${folder}/**/*.test.{ts,tsx}`);
}

/**
 * Unit tests that name an environment: what they leave behind in it, such as what is defined in a document, the next file would find. `node` is
 * named by those that slow down what comes after them: V8 makes arrays several times slower for good once an index was on `Object.prototype`,
 * and the programs of the TypeScript compiler stay in memory.
 */
const ISOLATED_TESTS = ['test/unit', 'test/security/unit', 'test/field/unit']
  .flatMap((folder) => sourceFiles(here(folder)))
  .filter((file) => file.includes('.test.') && readFileSync(file, 'utf8').startsWith('// @vitest-environment '));

const UNIT_TEST = {
  include: findTests('unit'),
  testTimeout: 30_000,
} as const;

export default defineConfig({
  // The bundle may lie anywhere: its files find each other by where they are.
  base: './',
  resolve: { alias: sdkAliases },
  // What light-dark() is lowered to would not see the page's color-scheme: see src/frame/computed-colors.ts.
  css: { lightningcss: { exclude: Features.LightDark }, modules: { generateScopedName: toScopedName } },
  plugins: [
    reactOutside,
    ...sdkPlugins,
    plainDynamicImports,
    ...elementPlugins,
    frameFiles,
    elementFileName(here('./dist')),
    openApiContract,
  ],
  environments: {
    element: bundle('element', { index: './src/index.ts', 'define-module': './src/define.ts' }),
    define: bundle('define', { define: './src/define-script.ts' }, { target: OLD_BROWSERS }),
    withoutDom: bundle('without-dom', { 'without-dom': './src/ssr.ts' }),
    embed: bundle('embed', { embed: './src/embed.ts' }, CLASSIC_SCRIPT),
    webchatclient: bundle('webchatclient', { webchatclient: './src/webchatclient/webchatclient.ts' }, CLASSIC_SCRIPT),
    // In a folder of its own, which can be copied as it is. Every name says what is in the file, so that it can be cached for ever.
    frame: bundle(
      'frame',
      { frame: './src/frame/app/main.tsx' },
      {
        cssCodeSplit: false,
        rolldownOptions: {
          treeshake: {
            moduleSideEffects: [{ test: /@coze\/chat-sdk.*\.js$|reconnecting-websocket/, sideEffects: false }],
            // Nothing is printed (src/frame/app/sdk/sdk-log.ts).
            manualPureFunctions: ['logger.debug', 'logger.info', 'logger.warn', 'logger.error'],
          },
          output: {
            // What is there from the start is one file, whichever of the later ones share parts of it.
            codeSplitting: { groups: [{ name: 'frame', tags: ['$initial'] }] },
            entryFileNames: 'frame/[name]-[hash].js',
            chunkFileNames: 'frame/[name]-[hash].js',
            assetFileNames: ({ names }) => `frame/${names[0]?.endsWith('.css') ? 'frame' : 'assets/[name]'}-[hash][extname]`,
          },
        },
      },
    ),
    react: bundle('react', { react: './src/frameworks/react-component.ts' }, REACT_COMPONENT),
    preact: bundle('preact', { preact: './src/frameworks/react-component.ts' }, REACT_COMPONENT),
    server: bundle(
      'server',
      { server: './src/server/index.ts', 'server-node': './src/server/node.ts' },
      // Outside is what a host installs beside the package, its `dependencies`; the counter in memory is in the file.
      {
        target: 'es2022',
        minify: false,
        rolldownOptions: {
          external: ['cookie', 'ipaddr.js', 'jose', 'lru-cache', 'zod', /^node:/],
          platform: 'neutral',
          output: WITHOUT_DOCS,
        },
      },
    ),
    cli: {
      ...bundle(
        'cli',
        { cli: './src/cli/main.ts', 'stand-in': './demo/coze-stand-in/run.ts' },
        {
          target: 'es2022',
          minify: false,
          rolldownOptions: { platform: 'node', output: { ...WITHOUT_DOCS, chunkFileNames: 'cli-[name]-[hash].js' } },
        },
      ),
      consumer: 'server',
      // What the package depends on, and Node's own modules, stay outside; what only these programs need is in their files. Vitest, which
      // would take this for its own, must leave them as they are.
      ...(process.env['VITEST'] === undefined && {
        resolve: { noExternal: true, external: ['cookie', 'ipaddr.js', 'jose', 'lru-cache', 'zod'] },
      }),
    },
  },
  builder: {
    async buildApp(builder) {
      rmSync(here('./dist'), { recursive: true, force: true });
      for (const name of ['frame', 'element', 'define', 'withoutDom', 'embed', 'webchatclient', 'react', 'preact', 'server', 'cli']) {
        const environment = builder.environments[name];
        if (environment !== undefined) await builder.build(environment);
      }
      checkSinks(here('./dist'));
      writeIntegrity(here('./dist'));
      writeServedFiles(here('./dist'));
    },
  },
  test: {
    allowOnly: false,
    // What a test that passes prints on its way, and what its programs say, is nobody's to read.
    silent: 'passed-only',
    // As long as any step takes on a busy machine; the default is a second.
    expect: { poll: { timeout: 20_000 } },
    tags: [
      { name: 'gateway', description: 'Holds for chats that talk to a gateway, too, and is tried with one by the project e2e-gateway.' },
    ],
    projects: [
      {
        extends: true,
        // The examples for hosts import the package by its name.
        resolve: { alias: { 'coze-chat-embed/server': here('./src/server/index.ts') } },
        // One process for all of them: to start one for each file, and to load everything in it again, takes longer than most files.
        test: { ...UNIT_TEST, name: 'unit', exclude: ISOLATED_TESTS, isolate: false },
      },
      {
        extends: true,
        test: {
          ...UNIT_TEST,
          name: 'unit-isolated',
          include: ISOLATED_TESTS,
          setupFiles: ['test/support/silent-frames.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: findTests('browser'),
          setupFiles: ['test/support/fail-on-console-error.ts'],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions: chromiumLaunchOptions() }),
            instances: [{ browser: 'chromium' }],
            screenshotFailures: false,
          },
        },
      },
      {
        extends: true,
        test: {
          ...SLOW_TEST,
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          ...SLOW_TEST,
          name: 'e2e',
          include: findTests('e2e'),
          exclude: SERIAL_E2E,
          isolate: false,
          ...TWO_AT_ONCE,
        },
      },
      {
        extends: true,
        test: {
          ...SLOW_TEST,
          name: 'e2e-gateway',
          include: GATEWAY_E2E,
          env: { E2E_API: 'gateway' },
          isolate: false,
          ...TWO_AT_ONCE,
        },
      },
      {
        extends: true,
        test: {
          ...SLOW_TEST,
          name: 'e2e-serial',
          include: SERIAL_E2E,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          ...SLOW_TEST,
          name: 'engines',
          include: findTests('engines'),
          isolate: false,
          ...TWO_AT_ONCE,
        },
      },
      {
        extends: true,
        test: {
          ...SLOW_TEST,
          name: 'browsers',
          include: ['test/browsers/*.test.ts'],
          ...TWO_AT_ONCE,
        },
      },
      {
        extends: true,
        test: { ...SLOW_TEST, name: 'contract', include: ['test/contract/*.test.ts'] },
      },
      {
        extends: true,
        test: { ...SLOW_TEST, name: 'backends', include: ['test/contract/backends/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          ...SLOW_TEST,
          name: 'hosts',
          include: ['test/hosts/*.test.ts'],
          exclude: ['test/hosts/more-servers.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: { ...SLOW_TEST, name: 'servers', include: ['test/hosts/more-servers.test.ts'], testTimeout: 300_000 },
      },
    ],
  },
});
