/** Adds what the analyzer cannot see in syntax alone: inferred types, inherited comments, and the class of an event. */
import { type AnalyzerPlugin, ts } from '@custom-elements-manifest/analyzer';
import type * as cem from 'custom-elements-manifest';
import type { ClassDeclaration, Signature, Symbol } from 'typescript';
import { formatType, getDefault, getDescription, type PublicApi, unwrapLines } from './public-api.js';

/** Gives members the types that TypeScript infers, with the literals of a union, and their inherited comments. */
export function typedMembers({ checker }: PublicApi): AnalyzerPlugin {
  function complete(member: cem.ClassMember, symbol: Symbol): void {
    const declaration = symbol.valueDeclaration;
    const type = checker.getTypeOfSymbol(symbol);
    const description = getDescription(symbol, checker);
    if (description !== '') member.description = description;
    if (member.kind === 'method') {
      const signature = type.getCallSignatures()[0];
      if (signature !== undefined) completeMethod(member, signature);
      return;
    }
    member.type = { text: formatType(type, checker) };
    const documented = getDefault(declaration);
    const initializer = declaration && ts.isPropertyDeclaration(declaration) ? declaration.initializer?.getText() : undefined;
    // A value that the constructor takes from its parameters is no default.
    if (documented === undefined && initializer === undefined) delete member.default;
    if (documented !== undefined && documented !== (initializer ?? member.default ?? 'undefined')) {
      throw new Error(`@default of ${member.name} is ${documented}, but its value is ${initializer ?? 'undefined'}.`);
    }
  }

  function completeMethod(method: cem.ClassMethod, signature: Signature): void {
    method.return = { type: { text: formatType(signature.getReturnType(), checker) } };
    for (const parameter of method.parameters ?? []) {
      const symbol = signature.parameters.find(({ name }) => name === parameter.name);
      if (symbol !== undefined) parameter.type = { text: formatType(checker.getTypeOfSymbol(symbol), checker) };
    }
  }

  return {
    name: 'typed-members',
    analyzePhase({ node, moduleDoc }) {
      if (!ts.isClassDeclaration(node)) return;
      const members = findClass(node, moduleDoc)?.members ?? [];
      const symbols = node.members.flatMap(({ name }) => (name === undefined ? [] : (checker.getSymbolAtLocation(name) ?? [])));
      for (const member of members) {
        const symbol = symbols.find(({ name }) => name === member.name);
        if (symbol !== undefined) complete(member, symbol);
      }
    },
  };
}

function findClass(node: ClassDeclaration, { declarations = [] }: cem.JavaScriptModule): cem.ClassDeclaration | undefined {
  return declarations.find((candidate): candidate is cem.ClassDeclaration => candidate.name === node.name?.text);
}

/**
 * `@fires {CozeReadyEvent} coze-ready` is described at the event's class. The analyzer also finds events in the code, but not their names.
 */
export const eventsOfClasses: AnalyzerPlugin = {
  name: 'events-of-classes',
  packageLinkPhase({ customElementsManifest }) {
    const classes = new Map(listClasses(customElementsManifest).map((declaration) => [declaration.name, declaration]));
    for (const element of listElements(customElementsManifest)) {
      element.events = element.events?.filter(({ name }) => name !== undefined) ?? [];
      for (const event of element.events) {
        const { description } = classes.get(event.type.text) ?? {};
        if (description === undefined) throw new Error(`@fires ${event.name}: there is no described class ${event.type.text}.`);
        event.description = unwrapLines(description);
      }
    }
  },
};

/** Keeps only the public API: no private members, and no class between the element and the platform's. */
export const publicMembersOnly: AnalyzerPlugin = {
  name: 'public-members-only',
  packageLinkPhase({ customElementsManifest }) {
    for (const declaration of listClasses(customElementsManifest)) {
      declaration.description = unwrapLines(declaration.description ?? '');
      declaration.members = inheritedFirst(declaration.members?.filter(({ privacy = 'public' }) => privacy === 'public'));
      if (declaration.members.length === 0) delete declaration.members;
      // The superclass is at most another class of ours.
      if (declaration.name.endsWith('Event')) declaration.superclass = { name: 'Event', package: 'global:' };
    }
    for (const element of listElements(customElementsManifest)) {
      element.superclass = { name: 'HTMLElement', package: 'global:' };
      const types = new Map(element.members?.map((member) => [member.name, 'type' in member ? member.type : undefined]));
      element.attributes = inheritedFirst(element.attributes).map((attribute) =>
        writtenInHtml({ ...attribute, type: types.get(attribute.fieldName ?? '') ?? attribute.type }),
      );
    }
  },
};

interface Inheritable {
  inheritedFrom?: cem.Reference;
}

function inheritedFirst<Item extends Inheritable>(items: readonly Item[] = []): Item[] {
  const sorted = [...items.filter(({ inheritedFrom }) => inheritedFrom), ...items.filter(({ inheritedFrom }) => !inheritedFrom)];
  return sorted.map(({ inheritedFrom: _, ...item }) => item as Item);
}

/** Attributes are strings, and absent by default. */
function writtenInHtml({ type, default: initial, description = '', ...attribute }: cem.Attribute): cem.Attribute {
  const text = type?.text.replace(/ \| (?:undefined|null)$/, '');
  const value = initial?.replace(/^'(.*)'$/, '$1');
  return {
    ...attribute,
    description: unwrapLines(description),
    ...(text === undefined ? {} : { type: { text } }),
    ...(value === undefined || /^(?:|undefined|null)$/.test(value) ? {} : { default: value }),
  };
}

function listClasses({ modules }: cem.Package): readonly cem.ClassDeclaration[] {
  const declarations = modules.flatMap((module) => module.declarations ?? []);
  return declarations.filter((declaration): declaration is cem.ClassDeclaration => declaration.kind === 'class');
}

function listElements(manifest: cem.Package): readonly cem.CustomElementDeclaration[] {
  return listClasses(manifest).filter(
    (declaration): declaration is cem.CustomElementDeclaration => 'tagName' in declaration && declaration.tagName !== undefined,
  );
}
