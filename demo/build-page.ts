import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { en } from './page/strings/en.js';
import { INITIAL_VALUES } from './page/strings/initial-values.js';
import { writeStrings } from './site/page-strings.js';

const PROJECT_DIR = fileURLToPath(new URL('..', import.meta.url));

/** Where {@link buildPage} puts the preview page. */
export const PAGE_DIR = fileURLToPath(new URL('../.vite/preview', import.meta.url));

/** The site's pages, relative to the project folder. */
const PAGES = ['index.html', 'demo/playground/index.html', 'demo/playground/stage/index.html'];

/** Fills the pages in English; the page's script then switches to the visitor's language. */
const englishPage: Plugin = {
  name: 'english-page',
  transformIndexHtml: { order: 'pre', handler: (page) => writeStrings(page, en, INITIAL_VALUES) },
};

/** Builds the preview page and the playground as static files, so that they run under the same strict CSP as a customer's page. */
export async function buildPage(): Promise<void> {
  await build({
    configFile: false,
    root: PROJECT_DIR,
    logLevel: 'warn',
    plugins: [englishPage],
    build: {
      outDir: PAGE_DIR,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: { input: PAGES.map((page) => `${PROJECT_DIR}${page}`) },
    },
  });
}
