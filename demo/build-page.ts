import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const projectDir = fileURLToPath(new URL('..', import.meta.url));

/** Where {@link buildPage} puts the preview page. */
export const pageDir = fileURLToPath(new URL('../.vite/preview', import.meta.url));

/** Builds `index.html` and `demo/page` as plain files, so that the page runs under the same strict policy as any customer's. */
export async function buildPage(): Promise<void> {
  await build({
    configFile: false,
    root: projectDir,
    logLevel: 'warn',
    build: { outDir: pageDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, modulePreload: false },
  });
}
