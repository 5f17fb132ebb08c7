/** Makes the element's bundle smaller and keeps its side effects off the host page. Tied to the pinned version of Vite. */
import type { Plugin } from 'vite';
import { stripLitExtras } from './lit-patches.js';
import { minifyTemplates } from './minify-templates.js';
import { replaceOrFail } from './replace-or-fail.js';

const isElement = ({ name }: { readonly name: string }): boolean => name === 'element';

/** Vite's plugin that wraps each `import()` in a helper. */
const IMPORT_HELPER = 'native:import-analysis-build';

/**
 * Keeps `import()` unchanged in every part of the package: Vite's helper looks for files to preload in the host's document and fires an
 * event on its window.
 */
export const plainDynamicImports: Plugin = {
  name: 'plain-dynamic-imports',
  apply: 'build',
  configResolved({ plugins }) {
    const helper = plugins.find(({ name }) => name === IMPORT_HELPER);
    if (helper === undefined) throw new Error(`Vite no longer has ${IMPORT_HELPER}. Adapt this to its present version.`);
    helper.applyToEnvironment = () => false;
  },
  generateBundle(_, bundle) {
    const helped = Object.values(bundle).find(
      (output) => output.type === 'chunk' && /vite:preloadError|__VITE_PRELOAD__/.test(output.code),
    );
    if (helped !== undefined) this.error(`${helped.fileName} contains Vite's preload helper.`);
  },
};

/** Removes line breaks and indentation of the element's templates, which would otherwise be bundled verbatim. */
const shortTemplates: Plugin = {
  name: 'short-templates',
  applyToEnvironment: isElement,
  // Runs after TypeScript is compiled to JavaScript.
  enforce: 'post',
  transform: (code, id) => (id.includes('/src/element/') ? { code: minifyTemplates(code), map: null } : undefined),
};

/** The chunk that is loaded when a chat is first wanted; named after its module. */
const SESSION_CHUNK = 'chat-controller';

/**
 * Requests the imports of the session's chunk together with it, not after it has arrived: this saves a round trip before the first opening.
 * The other chunks are not waited for.
 */
const preloadImports: Plugin = {
  name: 'preload-imports',
  enforce: 'post',
  applyToEnvironment: isElement,
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
    const session = chunks.find(({ name }) => name === SESSION_CHUNK) ?? this.error(`There is no chunk ${SESSION_CHUNK}.`);
    const importers = chunks.filter(({ dynamicImports }) => dynamicImports.includes(session.fileName));
    if (importers.length === 0) this.error(`Nothing imports ${session.fileName}.`);
    // A chunk that is imported by two others gets a namespace object, built by a loop that also visits what a page has added to
    // `Object.prototype`.
    const sharing = chunks.find(({ imports }) => imports.includes(session.fileName));
    if (sharing !== undefined) this.error(`${sharing.fileName} imports from ${session.fileName}.`);
    for (const chunk of importers) {
      const missing = session.imports.filter((name) => name !== chunk.fileName && !chunk.imports.includes(name));
      const all = [session.fileName, ...missing].map((name) => `import(\`./${name}\`)`);
      const patch = [`import(\`./${session.fileName}\`)`, `Promise.all([${all.join()}]).then(e=>e[0])`] as const;
      chunk.code = replaceOrFail(chunk.code, patch, chunk.fileName);
    }
  },
};

export const elementPlugins: readonly Plugin[] = [stripLitExtras, shortTemplates, preloadImports];
