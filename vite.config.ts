import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { type BuildEnvironmentOptions, type EnvironmentOptions, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './test/support/chromium.mjs';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The SDK's source is written against Taro; inside the frame our thin layer stands in for it. */
const taroAliases = {
  '@tarojs/components': here('./src/frame/taro/components/index.ts'),
  '@tarojs/taro': here('./src/frame/taro/api/index.ts'),
  '@tarojs/shared': here('./src/frame/taro/shared.ts'),
};

/** The SDK asks for these below its `cdnBaseUrlPath`; served from our own bundle no request leaves for a third host. */
const sdkPictures: Plugin = {
  name: 'sdk-pictures',
  applyToEnvironment: ({ name }) => name === 'frame',
  generateBundle() {
    for (const name of ['coze-logo', 'chatflow-logo', 'mkf-deny']) {
      const source = readFileSync(here(`./node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/assets/imgs/${name}.png`));
      this.emitFile({ type: 'asset', fileName: `assets/imgs/${name}.png`, source });
    }
  },
};

/** What one environment writes into `dist/`. */
function bundle(entries: Readonly<Record<string, string>>, options: BuildEnvironmentOptions = {}): EnvironmentOptions {
  return {
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'dist',
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2022',
      minify: true,
      license: { fileName: 'licenses.md' },
      ...options,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, here(path)])),
        preserveEntrySignatures: 'exports-only',
        ...options.rolldownOptions,
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          assetFileNames: '[name][extname]',
          ...options.rolldownOptions?.output,
        },
      },
    },
  };
}

export default defineConfig({
  resolve: { alias: taroAliases },
  plugins: [sdkPictures],
  environments: {
    element: bundle({ index: './src/index.ts', define: './src/define.ts' }),
    embed: bundle({ embed: './src/embed.ts' }, { rolldownOptions: { output: { format: 'iife' } } }),
    frame: bundle({ frame: './src/frame/inside/main.tsx' }, { cssCodeSplit: false, modulePreload: false }),
    server: bundle(
      { server: './src/server/index.ts' },
      { minify: false, rolldownOptions: { external: ['jose', 'zod'], platform: 'neutral' } },
    ),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['element', 'embed', 'frame', 'server']) {
        const environment = builder.environments[name];
        if (environment !== undefined) await builder.build(environment);
      }
    },
  },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node' } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
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
    ],
  },
});
