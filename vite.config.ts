import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { type BuildEnvironmentOptions, type EnvironmentOptions, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { sdkAliases, sdkPlugins } from './src/frame/build/sdk-source.js';
import { writeIntegrity } from './src/packaging/integrity.js';
import { chromiumLaunchOptions } from './test/support/chromium.mjs';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** `import()` as it is: Vite's helper looks for files to preload in the host's document and fires an event on its window. */
const plainDynamicImports: Plugin = {
  name: 'plain-dynamic-imports',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
};

/** Lit without its detours for browsers that lack what our styles need, its doors for polyfills, and the globals it leaves on the host's page. */
const plainLit: Plugin = {
  name: 'plain-lit',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'element',
  load(id) {
    if (!id.endsWith('/@lit/reactive-element/css-tag.js')) return undefined;
    return `export class CSSResult {}
      export const supportsAdoptingStyleSheets = true;
      export const unsafeCSS = (text) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); return sheet; };
      export const css = ([text]) => unsafeCSS(text);
      export const getCompatibleStyle = (style) => style;
      export const adoptStyles = (root, styles) => { root.adoptedStyleSheets = styles; };`;
  },
  transform(code, id) {
    if (!/\/(?:@lit\/reactive-element|lit-html|lit-element)\//.test(id)) return undefined;
    return (
      code
        .replace(/\b\w\.(?:reactiveElement|litHtml|litElement)(?:Polyfill|Hydrate)Support\b/g, '(void 0)')
        .replace(/\(\w\.(?:reactiveElement|litHtml|litElement)Versions\?\?=\[\]\)\.push\("[\d.]+"\)/g, '0')
        // For decorators, of which there are none.
        .replace(/Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/, '')
        .replace(/const (\w)=this\[Symbol\.metadata\];if\(null!==\1\)\{.*?\}(?=this\.)/, '')
    );
  },
};

/** Zod with settings of its own: it shares those of a page that has Zod, too, which could change what our checks let through. */
const privateZod: Plugin = {
  name: 'private-zod',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'element',
  transform(code, id) {
    if (!id.endsWith('/zod/v4/core/core.js')) return undefined;
    const own = code
      .replace('globalThis.__zod_globalConfig?.postProcessor', 'undefined')
      .replace('(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});', '')
      .replace('globalThis.__zod_globalConfig', '{}');
    return own.includes('globalThis') ? this.error('Zod has changed.') : own;
  },
};

/** The lines of a template, which mean nothing in HTML, in one. After minifying, no other line of the element's code begins with a space. */
const templatesInOneLine: Plugin = {
  name: 'templates-in-one-line',
  enforce: 'post',
  applyToEnvironment: ({ name }) => name === 'element',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') chunk.code = chunk.code.replaceAll(/\n +/g, ' ').replaceAll('> <', '><');
    }
  },
};

/** The token endpoint's contract, for hosts who write their own. */
const openApiContract: Plugin = {
  name: 'open-api-contract',
  applyToEnvironment: ({ name }) => name === 'server',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'openapi.json', source: readFileSync(here('./src/server/openapi.json')) });
  },
};

/** The element is built after the frame, and says the names that its files have got. */
const frameFileNames: Plugin = {
  name: 'frame-file-names',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'element',
  load(id) {
    if (!id.endsWith('/src/element/frame-files.ts')) return undefined;
    const names = readdirSync(here('./dist/frame'));
    const nameOf = (pattern: RegExp): string => JSON.stringify(names.find((name) => pattern.test(name)) ?? this.error(`No ${pattern}`));
    return `export const FRAME_SCRIPT = ${nameOf(/^frame-.*\.js$/)}, FRAME_STYLE = ${nameOf(/^frame-.*\.css$/)};`;
  },
};

/** Chunks whose functions are nearly all called as soon as they are there. */
const RUN_AT_ONCE = ['define-element', 'live-chat', 'frame'];

/** Has Chromium compile every function beside the main thread while the file arrives, not each on its first call (V8, explicit compile hints). */
const COMPILE_AT_ONCE = '//# allFunctionsCalledOnLoad';

/** What one environment writes into `dist/`. */
function bundle(name: string, entries: Readonly<Record<string, string>>, options: BuildEnvironmentOptions = {}): EnvironmentOptions {
  return {
    consumer: 'client',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'dist',
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2022',
      // Every engine has light-dark() since spring 2024; what it is lowered to would not see the page's color-scheme.
      cssTarget: ['chrome123', 'firefox128', 'safari18'],
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
        treeshake: { moduleSideEffects: [{ test: /@coze\/chat-sdk.*\.js$|reconnecting-websocket/, sideEffects: false }] },
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

export default defineConfig({
  // The bundle may lie anywhere: its files find each other by where they are.
  base: './',
  resolve: { alias: sdkAliases },
  plugins: [...sdkPlugins, plainDynamicImports, templatesInOneLine, plainLit, privateZod, frameFileNames, openApiContract],
  environments: {
    element: bundle('element', { index: './src/index.ts', define: './src/define.ts' }),
    withoutDom: bundle('without-dom', { 'without-dom': './src/without-dom.ts' }),
    embed: bundle('embed', { embed: './src/embed.ts' }, { rolldownOptions: { output: { format: 'iife' } } }),
    // In a folder of its own, which can be copied as it is. Every name says what is in the file, so that it can be cached for ever.
    frame: bundle(
      'frame',
      { frame: './src/frame/inside/main.tsx' },
      {
        cssCodeSplit: false,
        rolldownOptions: {
          output: {
            entryFileNames: 'frame/[name]-[hash].js',
            chunkFileNames: 'frame/[name]-[hash].js',
            assetFileNames: ({ names }) => `frame/${names[0]?.endsWith('.css') ? 'frame' : 'assets/[name]'}-[hash][extname]`,
          },
        },
      },
    ),
    server: bundle(
      'server',
      { server: './src/server/index.ts', 'server-node': './src/server/node.ts' },
      { minify: false, rolldownOptions: { external: ['jose', 'zod', 'node:fs'], platform: 'neutral' } },
    ),
    cli: {
      // What the package depends on, and Node's own modules, stay outside.
      ...bundle('cli', { cli: './src/cli/main.ts' }, { minify: false, rolldownOptions: { platform: 'node' } }),
      consumer: 'server',
    },
  },
  builder: {
    async buildApp(builder) {
      rmSync(here('./dist'), { recursive: true, force: true });
      for (const name of ['frame', 'element', 'withoutDom', 'embed', 'server', 'cli']) {
        const environment = builder.environments[name];
        if (environment !== undefined) await builder.build(environment);
      }
      writeIntegrity(here('./dist'));
    },
  },
  test: {
    allowOnly: false,
    projects: [
      {
        extends: true,
        // The examples for hosts import the package by its name.
        resolve: { alias: { 'coze-chat-embed/server': here('./src/server/index.ts') } },
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          environment: 'node',
          setupFiles: ['test/support/silent-frames.ts'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          setupFiles: ['test/support/fail-on-console-error.ts'],
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
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'engines',
          include: ['test/engines/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'hosts',
          include: ['test/hosts/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
