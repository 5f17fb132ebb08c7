/** Bundles the bench's page like the frame, and adds the SDK's own Markdown. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { sdkAliases } from '../../../src/build/sdk-source.js';

export interface BuiltPage {
  readonly script: string;
  readonly style: string;
}

export async function buildPage(): Promise<BuiltPage> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: sdkAliases },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      modulePreload: false,
      assetsInlineLimit: 1_000_000,
      rolldownOptions: {
        input: fileURLToPath(new URL('page.tsx', import.meta.url)),
        // Chunks that the product loads late are not part of these figures.
        output: { codeSplitting: false },
      },
    },
  });
  const files = [result].flat().flatMap((part) => ('output' in part ? part.output : []));
  const find = (end: string): string => {
    const file = files.find(({ fileName }) => fileName.endsWith(end));
    if (file === undefined) return '';
    return file.type === 'chunk' ? file.code : String(file.source);
  };
  return { script: find('.js'), style: find('.css') };
}
