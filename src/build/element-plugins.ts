/** How the element's part of the package is made small, and kept out of the page's way. Tied to the pinned versions of Lit, Zod and Vite. */
import type { Plugin } from 'vite';

const isElement = ({ name }: { readonly name: string }): boolean => name === 'element';

/** `import()` as it is, in every part of the package: Vite's helper looks for files to preload in the host's document and fires an event on its window. */
export const plainDynamicImports: Plugin = {
  name: 'plain-dynamic-imports',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
};

/** Lit without its detours for browsers that lack what our styles need, its doors for polyfills, and the globals it leaves on the host's page. */
const plainLit: Plugin = {
  name: 'plain-lit',
  enforce: 'pre',
  applyToEnvironment: isElement,
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
        // For rendering on a server, where the element is not.
        .replace('i._$litElement$=!0,', '')
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
  applyToEnvironment: isElement,
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
  applyToEnvironment: isElement,
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk')
        chunk.code = chunk.code
          .replaceAll(/\n +(?=>)/g, '')
          .replaceAll(/\n +/g, ' ')
          .replaceAll('> <', '><');
    }
  },
};

/**
 * What the session's code imports is asked for together with it, not once it is there: one way to the server and back less before the first
 * opening. Nobody waits for the other chunks.
 */
const importsAtOnce: Plugin = {
  name: 'imports-at-once',
  enforce: 'post',
  applyToEnvironment: isElement,
  generateBundle(_, bundle) {
    const importsOf = (fileName: string): readonly string[] => {
      const chunk = bundle[fileName];
      return chunk?.type === 'chunk' ? chunk.imports : [];
    };
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      for (const fileName of chunk.dynamicImports) {
        if (!fileName.startsWith('chat-controller-')) continue;
        const missing = importsOf(fileName).filter((name) => name !== chunk.fileName && !chunk.imports.includes(name));
        const all = [fileName, ...missing].map((name) => `import(\`./${name}\`)`);
        chunk.code = chunk.code.replace(`import(\`./${fileName}\`)`, `Promise.all([${all.join()}]).then(e=>e[0])`);
      }
      // What Vite tells its helper, which ours does not ask for.
      chunk.code = chunk.code.replaceAll(',__VITE_PRELOAD__,import.meta.url', '');
    }
  },
};

export const elementPlugins: readonly Plugin[] = [plainLit, privateZod, templatesInOneLine, importsAtOnce];
