import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './test/support/chromium.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The SDK's source is written against Taro; inside the frame our thin layer stands in for it. */
const taroAliases = {
  '@tarojs/components': here('./src/frame/taro/components/index.ts'),
  '@tarojs/taro': here('./src/frame/taro/api/index.ts'),
  '@tarojs/shared': here('./src/frame/taro/shared.ts'),
};

export default defineConfig({
  resolve: { alias: taroAliases },
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
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], environment: 'node', fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
  },
});
