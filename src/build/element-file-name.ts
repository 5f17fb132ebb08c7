/** Inserts the hashed name of the element's script, and its function's minified name, into the scripts that pages load. These are built after it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { patchModules } from './replace-or-fail.js';

/** Matches `import{n as e,t}from"./define-element-….js";t();` in the module for bundlers, which imports the same function. */
const DEFINE_MODULE = /^\s*import\{([^}]*)\}from"\.\/(define-element-[^"]*)";(\w+)\(\);/;

export function elementFileName(folder: string, environment: string): Plugin {
  return patchModules({
    name: 'element-file-name',
    environment,
    modules: {
      '/src/element-script-name.ts': () => {
        const [, imports = '', script, called] = DEFINE_MODULE.exec(readFileSync(join(folder, 'define-module.js'), 'utf8')) ?? [];
        const exported = imports
          .split(',')
          .map((name) => name.split(' as '))
          .find((names) => names.at(-1) === called)?.[0];
        if (script === undefined || exported === undefined)
          throw new Error('define-module.js is not what the scripts for pages expect of it.');
        return `export const ELEMENT_SCRIPT = ${JSON.stringify(script)}, DEFINE = ${JSON.stringify(exported)};`;
      },
    },
  });
}
