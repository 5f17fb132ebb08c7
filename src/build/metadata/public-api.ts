/** The exports of the package's entry for pages, as TypeScript sees them, with types and JSDoc. */
import { join } from 'node:path';
import { ts } from '@custom-elements-manifest/analyzer';
import type { Node, SourceFile, Symbol, Type, TypeChecker } from 'typescript';

export interface PublicApi {
  readonly checker: TypeChecker;
  /** Source files of the project, without its dependencies. */
  readonly sourceFiles: readonly SourceFile[];
  /** The entry's exports by name. */
  readonly exports: ReadonlyMap<string, Symbol>;
}

const ENTRY = 'src/index.ts';

/** Reads the project in the folder. Takes a few seconds. */
export function readPublicApi(project: string): PublicApi {
  const entry = join(project, ENTRY);
  const { config } = ts.readConfigFile(join(project, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as { readonly config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, project);
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} is not a module.`);
  const exports = checker.getExportsOfModule(module).map((symbol) => [symbol.name, resolveAlias(symbol, checker)] as const);
  return { checker, sourceFiles: program.getSourceFiles().filter((file) => !file.isDeclarationFile), exports: new Map(exports) };
}

function resolveAlias(symbol: Symbol, checker: TypeChecker): Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

/** Formats a type as TypeScript does; a union of literals as its literals. */
export function formatType(type: Type, checker: TypeChecker): string {
  const isChoice = type.isUnion() && type.types.every((member) => member.isLiteral());
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;
  return checker.typeToString(type, undefined, isChoice ? flags | ts.TypeFormatFlags.InTypeAlias : flags);
}

/** The text of a symbol's JSDoc, in one line; a class inherits the text of the interface that it implements. */
export function getDescription(symbol: Symbol, checker: TypeChecker): string {
  return unwrapLines(ts.displayPartsToString(symbol.getDocumentationComment(checker)));
}

/** The text of the JSDoc's `@default`. */
export function getDefault(node: Node | undefined): string | undefined {
  const tag = node && ts.getJSDocTags(node).find(({ tagName }) => tagName.text === 'default');
  return tag && ts.getTextOfJSDocComment(tag.comment);
}

/** Replaces the line breaks of a comment by spaces. */
export const unwrapLines = (text: string): string => text.replaceAll(/\s+/g, ' ');
