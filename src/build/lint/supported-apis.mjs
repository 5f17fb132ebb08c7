/**
 * ESLint rule: code uses only platform APIs that every browser of `browserslist` in package.json supports, by MDN's data. The rule uses
 * types to find members, whatever the variable is called: `signal.throwIfAborted()`, `URL.canParse()`, `list.toSorted()`.
 */
import bcd from '@mdn/browser-compat-data' with { type: 'json' };
import browserslist from 'browserslist';
import ts from 'typescript';

/** Browserslist's names → MDN's. */
const BROWSERS = { chrome: 'chrome', edge: 'edge', firefox: 'firefox', safari: 'safari', ios_saf: 'safari_ios' };

/** The oldest version of each browser. @returns {Map<string, number>} */
function oldestBrowsers() {
  const oldest = new Map();
  for (const entry of browserslist()) {
    const [name = '', versions = ''] = entry.split(' ');
    const browser = BROWSERS[name];
    if (browser === undefined) throw new Error(`supported-apis does not know the browser ${name}.`);
    oldest.set(browser, Math.min(oldest.get(browser) ?? Infinity, parseFloat(versions)));
  }
  return oldest;
}

/** The first browser without support, as `Safari 16`. */
function findLacking({ support }, oldest) {
  for (const [browser, version] of oldest) {
    const statements = [support[browser] ?? []].flat();
    if (statements.length > 0 && !statements.some((statement) => isIn(statement, version)))
      return `${bcd.browsers[browser].name} ${version}`;
  }
  return undefined;
}

function isIn({ version_added: added, version_removed: removed, flags, prefix, alternative_name: otherName }, version) {
  if (flags || prefix || otherName || typeof added !== 'string') return false;
  // MDN writes `≤37` when the exact version is unknown.
  return parseFloat(added.replace('≤', '')) <= version && (typeof removed !== 'string' || parseFloat(removed) > version);
}

/** MDN's compatibility data of an interface's member or constructor. */
function findCompat({ name, isStatic }, member) {
  const key = isStatic ? `${member}_static` : member;
  return [bcd.api[name], bcd.javascript.builtins[name]].map((place) => place?.[key]?.__compat).find((compat) => compat !== undefined);
}

/** The interfaces of a type, nearest first: TypeScript declares some members in mixins that MDN does not list. */
function* ownersOf(type, checker) {
  const symbol = type.getSymbol();
  if (symbol !== undefined) yield { name: symbol.name, isStatic: false };
  for (const base of type.isClassOrInterface() ? checker.getBaseTypes(type) : []) yield* ownersOf(base, checker);
}

/**
 * Names of the declarations in TypeScript's own libraries that contain a symbol. A constructor is declared as the type of a variable,
 * `URL`, or as an interface, `PromiseConstructor`.
 */
function* declaringOwners(symbol, program) {
  for (const declaration of symbol.declarations ?? []) {
    if (!program.isSourceFileDefaultLibrary(declaration.getSourceFile())) continue;
    const { parent } = declaration;
    if (ts.isInterfaceDeclaration(parent)) {
      const [name = '', constructor] = parent.name.text.replace(/^Readonly(?=Array|Map|Set)/, '').split(/(Constructor)$/);
      yield { name, isStatic: constructor !== undefined };
    } else if (ts.isTypeLiteralNode(parent) && ts.isVariableDeclaration(parent.parent)) {
      yield { name: parent.parent.name.getText(), isStatic: true };
    }
  }
}

/** @type {import('eslint').Rule.RuleModule} */
export const supportedApis = {
  meta: {
    type: 'problem',
    docs: { description: 'Use no API that a supported browser lacks.' },
    messages: { unsupported: '{{name}} is not in {{browser}}. Replace it, or use it in one place that asks for it first.' },
    schema: [],
  },
  create(context) {
    const { program, esTreeNodeToTSNodeMap } = context.sourceCode.parserServices;
    const checker = program.getTypeChecker();
    const oldest = oldestBrowsers();

    function check(node, owners, member) {
      const owner = owners.find((one) => findCompat(one, member) !== undefined);
      const browser = owner && findLacking(findCompat(owner, member), oldest);
      if (browser) context.report({ node, messageId: 'unsupported', data: { name: `${owner.name}.${member}`, browser } });
    }

    function checkProperty(node, object, member) {
      const type = checker.getNonNullableType(checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(object)));
      for (const part of type.isUnion() ? type.types : [type]) {
        const symbol = part.getProperty(member) ?? checker.getApparentType(part).getProperty(member);
        if (symbol === undefined) continue;
        const declared = [...declaringOwners(symbol, program)];
        if (declared.length > 0) check(node, [...declared, ...ownersOf(checker.getApparentType(part), checker)], member);
      }
    }

    return {
      MemberExpression(node) {
        if (!node.computed && node.property.type === 'Identifier') checkProperty(node.property, node.object, node.property.name);
      },
      'ObjectPattern > Property[computed=false]'(node) {
        if (node.key.type === 'Identifier') checkProperty(node.key, node.parent, node.key.name);
      },
    };
  },
};
