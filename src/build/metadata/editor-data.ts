/** Converts the manifest to the formats of editors: the output of the generators, plus what they leave out. */
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

/** The generators' types only know declarations of elements; at run time they skip all others. */
type GeneratorInput = Parameters<typeof getVsCodeHtmlCustomData>[0];

const QUIET = { hideLogs: true };

/** For `html.customData` of VS Code: https://github.com/microsoft/vscode-custom-data. */
export function vsCodeHtmlData(manifest: cem.Package): HtmlData {
  const data = JSON.parse(getVsCodeHtmlCustomData(manifest as GeneratorInput, QUIET)) as HtmlData;
  const { tagName, attributes = [] } = findElement(manifest);
  const isFlag = (name: string): boolean => attributes.find((attribute) => attribute.name === name)?.type?.text === 'boolean';
  const tags = data.tags.map((tag) => {
    if (tag.name !== tagName) return tag;
    // Without this value set, editors would complete a boolean attribute with a value.
    return {
      ...tag,
      attributes: tag.attributes.map((attribute) => (isFlag(attribute.name) ? { ...attribute, valueSet: 'v' } : attribute)),
    };
  });
  return { ...data, tags };
}

/** For `css.customData` of VS Code. The generator does not support custom states. */
export function vsCodeCssData(manifest: cem.Package): CssData {
  const data = JSON.parse(getVsCodeCssCustomData(manifest as GeneratorInput, QUIET)) as CssData;
  const { cssStates = [] } = findElement(manifest);
  return { ...data, pseudoClasses: cssStates.map(({ name, description = '' }) => ({ name: `:state(${name})`, description })) };
}

/** For JetBrains editors, which find the file by `web-types` of package.json: https://github.com/JetBrains/web-types. */
export function webTypes(manifest: cem.Package, { name, version }: { readonly name: string; readonly version: string }): WebTypes {
  const data = JSON.parse(getWebTypesData(manifest as GeneratorInput, QUIET)) as WebTypes;
  // The generator takes name and version from the current folder.
  return { ...data, name, version };
}
