/** What the analyzer's own declarations leave out: its function, and the TypeScript that it reads syntax trees of. */
import type { JavaScriptModule, Package } from 'custom-elements-manifest';
import type * as typescript from 'typescript';

declare module '@custom-elements-manifest/analyzer' {
  export interface AnalyzerPlugin {
    readonly name: string;
    /** For each node of each module; what has been found in the module so far may be changed. */
    analyzePhase?(found: { readonly node: typescript.Node; readonly moduleDoc: JavaScriptModule }): void;
    /** Once, after all modules. */
    packageLinkPhase?(found: { readonly customElementsManifest: Package }): void;
  }

  export function create(input: {
    readonly modules: readonly typescript.SourceFile[];
    readonly plugins: readonly AnalyzerPlugin[];
  }): Package;

  export const ts: typeof typescript;
}
