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

/** The token endpoint's contract, for hosts who implement their own. */
const openApiContract: Plugin = {
  name: 'open-api-contract',
  applyToEnvironment: ({ name }) => name === 'server',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'openapi.json', source: readFileSync(here('./src/server/openapi.json')) });
  },
};

/** The element is built after the frame, because it contains the names and digests of the frame's files. */
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

/** Must be parsed even by browsers that will not run the rest: all browsers with modules. */
const OLD_BROWSERS = 'es2017';

/** Chunks whose functions are almost all called as soon as they are loaded. */
const RUN_AT_ONCE = ['define-element', 'chat-controller', 'frame'];

/**
 * Makes Chromium compile every function off the main thread while the file arrives, instead of each on its first call (V8, explicit compile
 * hints).
 */
const COMPILE_AT_ONCE = '//# allFunctionsCalledOnLoad';

/** Unminified files keep their comments, except JSDoc, which the declarations already contain. */
const WITHOUT_DOCS = { comments: { jsdoc: false } } as const;

/** The output of one environment in `dist/`. */
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
      // The helper would insert <link> tags into the host page.
      modulePreload: false,
      // Pictures stay files, because every host's CSP would have to allow `data:`.
      assetsInlineLimit: 0,
      license: { fileName: `licenses/${name}.md` },
      ...options,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, here(path)])),
        preserveEntrySignatures: 'exports-only',
        // Another module's conditions depend on these constants.
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

/** Scripts that a page loads without `type="module"`. */
const CLASSIC_SCRIPT: BuildEnvironmentOptions = { target: OLD_BROWSERS, rolldownOptions: { output: { format: 'iife' } } };

/** For the bundlers of its users: the component works in a server's bundle as well as in a browser's. */
const REACT_COMPONENT: BuildEnvironmentOptions = {
  minify: false,
  rolldownOptions: { output: { ...WITHOUT_DOCS, banner: "'use client';" } },
};

/** The component's dependencies are external, as are the files beside it. */
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
 * Each of these files has a stand-in, a website and a browser of its own, and mostly waits for them. `npm test` runs nothing beside them;
 * in a run of several projects they run as a group of their own.
 */
const TWO_AT_ONCE = { maxWorkers: Math.min(availableParallelism(), 2), sequence: { groupOrder: 1 } };

/** Screenshots, memory, and Chromium's back-forward cache depend on the whole browser, so these files run one after the other. */
const SERIAL_E2E = ['looks', 'accessibility', 'cycles', 'page-life'].map((name) => `test/e2e/${name}.test.ts`);

/** Some of these tests, those with the tag, also run with a gateway. */
const GATEWAY_E2E = ['isolation', 'app', 'voice', 'message-bar', 'own-data', 'host-page'].map((name) => `test/e2e/${name}.test.ts`);

/** Tests against attacks and tests from the field have folders of their own, with one subfolder per project. */
function findTests(project: string): string[] {
  return [`test/${project}`, `test/security/${project}`, `test/field/${project}`].map((folder) => `${folder}/**/*.test.{ts,tsx}`);
}

/**
 * Unit tests that name an environment: they change it, for example by defining elements in a document, and the next file must not see that.
 * `node` is named by tests that slow down later ones: V8 makes arrays several times slower for good once an index was set on
 * `Object.prototype`, and the programs of the TypeScript compiler stay in memory.
 */
const ISOLATED_TESTS = ['test/unit', 'test/security/unit', 'test/field/unit']
  .flatMap((folder) => sourceFiles(here(folder)))
  .filter((file) => file.includes('.test.') && readFileSync(file, 'utf8').startsWith('// @vitest-environment '));

const UNIT_TEST = {
  include: findTests('unit'),
  testTimeout: 30_000,
} as const;

export default defineConfig({
  // The bundle may be served from anywhere: its files find each other by relative URLs.
  base: './',
  resolve: { alias: sdkAliases },
  // The lowered form of light-dark() would not follow the page's color-scheme: see src/frame/computed-colors.ts.
  css: { lightningcss: { exclude: Features.LightDark }, modules: { generateScopedName: toScopedName } },
  plugins: [
    reactOutside,
    ...sdkPlugins,
    plainDynamicImports,
    ...elementPlugins,
    frameFiles,
    ...['define', 'embed', 'webchatclient'].map((environment) => elementFileName(here('./dist'), environment)),
    openApiContract,
  ],
  environments: {
    element: bundle('element', { index: './src/index.ts', 'define-module': './src/define.ts' }),
    define: bundle('define', { define: './src/define-script.ts' }, { target: OLD_BROWSERS }),
    withoutDom: bundle('without-dom', { 'without-dom': './src/ssr.ts' }),
    embed: bundle('embed', { embed: './src/embed.ts' }, CLASSIC_SCRIPT),
    webchatclient: bundle('webchatclient', { webchatclient: './src/webchatclient/webchatclient.ts' }, CLASSIC_SCRIPT),
    // In a folder of its own, which can be copied. Every name contains a hash, so that the file can be cached forever.
    frame: bundle(
      'frame',
      { frame: './src/frame/app/main.tsx' },
      {
        cssCodeSplit: false,
        rolldownOptions: {
          treeshake: {
            moduleSideEffects: [{ test: /@coze\/chat-sdk.*\.js$|reconnecting-websocket/, sideEffects: false }],
            // Nothing is logged (src/frame/app/sdk/sdk-log.ts).
            manualPureFunctions: ['logger.debug', 'logger.info', 'logger.warn', 'logger.error'],
          },
          output: {
            codeSplitting: {
              groups: [
                // Everything that is loaded at the start is one file, even if late chunks share parts of it.
                { name: 'frame', tags: ['$initial'] },
                // Small modules that late chunks share. Each chunk costs a digest in the code of the session.
                { name: 'add-styles', test: /\/(?:add-styles|keep-tab-inside)\.ts$/ },
              ],
            },
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
      // The `dependencies`, which a host installs with the package, are external; the in-memory counter is bundled.
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
      // The package's dependencies and Node's own modules are external; what only these programs need is bundled. Under Vitest, which would
      // apply these options to itself, they must not be set.
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
    // The output of passing tests, and of their programs, is of no interest.
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
        // One process for all files: starting one for each, and loading all modules again, takes longer than most files.
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
