/** What editors take up of the manifest, in their own formats: what the generators make, and what they leave out. */
import { getWebTypesData } from 'custom-element-jet-brains-integration';
import { getVsCodeCssCustomData, getVsCodeHtmlCustomData } from 'custom-element-vs-code-integration';
import type * as cem from 'custom-elements-manifest';
import { findElement } from './manifest.js';

interface Named {
  readonly name: string;
  readonly description?: string;
}

export interface HtmlData {
  readonly tags: readonly (Named & { readonly attributes: readonly HtmlAttribute[] })[];
}

interface HtmlAttribute extends Named {
  readonly values?: readonly Named[];
  readonly valueSet?: string;
}

export interface CssData {
  readonly properties: readonly Named[];
  readonly pseudoElements: readonly Named[];
  readonly pseudoClasses?: readonly Named[];
}

export interface WebTypes {
  readonly name: string;
  readonly version: string;
  readonly contributions: {
    readonly html: { readonly elements: readonly WebTypesElement[] };
    readonly css: { readonly properties: readonly Named[]; readonly 'pseudo-elements': readonly Named[] };
  };
}

interface WebTypesElement extends Named {
  readonly attributes: readonly Named[];
  readonly slots: readonly Named[];
  readonly js: { readonly properties: readonly Named[]; readonly events: readonly Named[] };
}

/** Their types know no declarations but elements; what runs skips the others. */
type GeneratorInput = Parameters<typeof getVsCodeHtmlCustomData>[0];

const QUIET = { hideLogs: true };

/** For `html.customData` of VS Code: https://github.com/microsoft/vscode-custom-data. */
export function vsCodeHtmlData(manifest: cem.Package): HtmlData {
  const data = JSON.parse(getVsCodeHtmlCustomData(manifest as GeneratorInput, QUIET)) as HtmlData;
  const { tagName, attributes = [] } = findElement(manifest);
  const isFlag = (name: string): boolean => attributes.find((attribute) => attribute.name === name)?.type?.text === 'boolean';
  const tags = data.tags.map((tag) => {
    if (tag.name !== tagName) return tag;
    // Without it an attribute that is there or not would be completed as one with a value.
    return {
      ...tag,
      attributes: tag.attributes.map((attribute) => (isFlag(attribute.name) ? { ...attribute, valueSet: 'v' } : attribute)),
    };
  });
  return { ...data, tags };
}

/** For `css.customData` of VS Code. The generator knows no states. */
export function vsCodeCssData(manifest: cem.Package): CssData {
  const data = JSON.parse(getVsCodeCssCustomData(manifest as GeneratorInput, QUIET)) as CssData;
  const { cssStates = [] } = findElement(manifest);
  return { ...data, pseudoClasses: cssStates.map(({ name, description = '' }) => ({ name: `:state(${name})`, description })) };
}

/** For JetBrains' editors, which find it by `web-types` of package.json: https://github.com/JetBrains/web-types. */
export function webTypes(manifest: cem.Package, { name, version }: { readonly name: string; readonly version: string }): WebTypes {
  const data = JSON.parse(getWebTypesData(manifest as GeneratorInput, QUIET)) as WebTypes;
  // The generator takes both of the folder in which the build happens to run.
  return { ...data, name, version };
}
