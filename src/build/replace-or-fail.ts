/** Patches text that we do not control: a pinned dependency, or a build tool's output. The build fails if a patch no longer matches. */
import type { Plugin } from 'vite';

/** The searched text or pattern, and its literal replacement. Replaces all occurrences of a string; for a pattern its flags decide. */
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
  /** End of a module's path → its patches, or a function that rewrites the module. */
  readonly modules: Readonly<Record<string, readonly Patch[] | ((code: string) => string)>>;
}

/** Patches modules before they are bundled. The build fails if it never loads one of the modules, or if a module lacks a searched text. */
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
