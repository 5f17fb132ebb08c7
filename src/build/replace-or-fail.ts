/** Patches of text that others wrote: a pinned dependency, or what a build tool makes of our code. What no longer fits fails the build. */
import type { Plugin } from 'vite';

/** What is looked for, and what comes in its place, taken literally. All occurrences of a string; of a pattern what its flags say. */
export type Patch = readonly [searched: string | RegExp, replacement: string];

/**
 * @param source names the text in the error
 * @throws if the text does not contain what is to be replaced
 */
export function replaceOrFail(text: string, [searched, replacement]: Patch, source: string): string {
  const isThere = typeof searched === 'string' ? text.includes(searched) : text.search(searched) !== -1;
  if (!isThere) throw new Error(`${source} no longer contains ${String(searched)}. Adapt the patch to its present version.`);
  return typeof searched === 'string' ? text.replaceAll(searched, () => replacement) : text.replace(searched, () => replacement);
}

export interface ModulePatchOptions {
  readonly name: string;
  /** The environment of the build that bundles the modules. */
  readonly environment: string;
  /** End of a module's path → what is changed in it; a function makes the module anew. */
  readonly modules: Readonly<Record<string, readonly Patch[] | ((code: string) => string)>>;
}

/** Patches modules before they are bundled. A module that the build never meets fails it, as does one that lacks a searched text. */
export function patchModules({ name, environment, modules }: ModulePatchOptions): Plugin {
  const missing = new Set(Object.keys(modules));
  return {
    name,
    enforce: 'pre',
    applyToEnvironment: (candidate) => candidate.name === environment,
    transform(code, id) {
      const path = id.split('?')[0] ?? id;
      const module = Object.keys(modules).find((end) => path.endsWith(end));
      const patch = module === undefined ? undefined : modules[module];
      if (module === undefined || patch === undefined) return undefined;
      missing.delete(module);
      const patched = typeof patch === 'function' ? patch(code) : patch.reduce((text, each) => replaceOrFail(text, each, module), code);
      return { code: patched, map: null };
    },
    generateBundle() {
      if (missing.size > 0) this.error(`The build has not met ${[...missing].join(', ')}.`);
    },
  };
}
