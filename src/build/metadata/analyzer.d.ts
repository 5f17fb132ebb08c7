/** Declarations that the analyzer's own types lack: its function, and the TypeScript module whose syntax trees it uses. */
import type { JavaScriptModule, Package } from 'custom-elements-manifest';
import type * as typescript from 'typescript';

declare module '@custom-elements-manifest/analyzer' {
  export interface AnalyzerPlugin {
    readonly name: string;
    /** Called for each node of each module; may change what has been found in the module so far. */
    analyzePhase?(found: { readonly node: typescript.Node; readonly moduleDoc: JavaScriptModule }): void;
    /** Called once, after all modules. */
    packageLinkPhase?(found: { readonly customElementsManifest: Package }): void;
  }

  export function create(input: {
    readonly modules: readonly typescript.SourceFile[];
    readonly plugins: readonly AnalyzerPlugin[];
  }): Package;

  export const ts: typeof typescript;
}
