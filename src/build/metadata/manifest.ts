/**
 * The custom elements manifest (https://github.com/webcomponents/custom-elements-manifest), which editors, catalogues and wrappers read:
 * what the analyzer finds in code and JSDoc, listed under the package's modules that a page loads.
 */
import { create } from '@custom-elements-manifest/analyzer';
import type * as cem from 'custom-elements-manifest';
import { eventsOfClasses, publicMembersOnly, typedMembers } from './manifest-plugins.js';
import type { PublicApi } from './public-api.js';

const CLASS_MODULE = 'dist/index.js';
const DEFINITION_MODULE = 'dist/define.js';

export function createManifest(api: PublicApi): cem.Package {
  const { modules } = create({ modules: api.sourceFiles, plugins: [typedMembers(api), eventsOfClasses, publicMembersOnly] });
  const declarations = modules
    .flatMap((module) => module.declarations ?? [])
    .filter(isElementOrEvent)
    .filter(({ name }) => api.exports.has(name));
  const element = declarations.find(isElement);
  if (element === undefined) throw new Error('No exported class has a @tagname.');
  for (const { type } of element.events ?? [])
    type.references = [{ name: type.text, module: CLASS_MODULE, start: 0, end: type.text.length }];
  return {
    schemaVersion: '2.1.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path: CLASS_MODULE,
        declarations: [element, ...declarations.filter((declaration) => declaration !== element)],
        exports: declarations.map(({ name }) => ({ kind: 'js', name, declaration: { name } })),
      },
      {
        kind: 'javascript-module',
        path: DEFINITION_MODULE,
        exports: [
          {
            kind: 'custom-element-definition',
            name: element.tagName ?? '',
            declaration: { name: element.name, module: CLASS_MODULE },
          },
        ],
      },
    ],
  };
}

/** The manifest's only element. */
export function findElement(manifest: cem.Package): cem.CustomElementDeclaration {
  const element = manifest.modules[0]?.declarations?.find(isElement);
  if (element === undefined) throw new Error('The manifest has no element.');
  return element;
}

/** The classes of the element's events, in the order of its `@fires` tags. */
export function listEventClasses(manifest: cem.Package): readonly cem.ClassDeclaration[] {
  const declarations = manifest.modules[0]?.declarations?.filter(isElementOrEvent) ?? [];
  return (findElement(manifest).events ?? []).flatMap(({ type }) => declarations.find(({ name }) => name === type.text) ?? []);
}

function isElement(declaration: cem.Declaration): declaration is cem.CustomElementDeclaration {
  return 'tagName' in declaration && declaration.tagName !== undefined;
}

const isElementOrEvent = (declaration: cem.Declaration): declaration is cem.ClassDeclaration =>
  declaration.kind === 'class' && (isElement(declaration) || declaration.name.endsWith('Event'));
