/** The options in a TypeScript type, by path: `ui.header.title`. */
import ts from 'typescript';

/**
 * The options of a file's exported type. Members that are not an object of options, such as a function, a list or a record, are options
 * themselves.
 */
export function optionPaths(file: string, name: string): readonly string[] {
  const { checker, type } = exportedType(file, name);
  return pathsOf(checker, type);
}

/** Only the top-level options, not their members. */
export function optionNames(file: string, name: string): readonly string[] {
  const { checker, type } = exportedType(file, name);
  return checker.getPropertiesOfType(type).map((property) => property.name);
}

/** The members of an exported union of strings. */
export function choiceNames(file: string, name: string): readonly string[] {
  const { type } = exportedType(file, name);
  return type.isUnion() ? type.types.flatMap((member) => (member.isStringLiteral() ? [member.value] : [])) : [];
}

function exportedType(file: string, name: string): { readonly checker: ts.TypeChecker; readonly type: ts.Type } {
  const options: ts.CompilerOptions = {
    strict: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  };
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const exported = source && checker.getSymbolAtLocation(source);
  const symbol = exported && checker.getExportsOfModule(exported).find((candidate) => candidate.name === name);
  if (symbol === undefined) throw new Error(`${file} exports no ${name}.`);
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  return { checker, type: checker.getDeclaredTypeOfSymbol(isAlias ? checker.getAliasedSymbol(symbol) : symbol) };
}

function pathsOf(checker: ts.TypeChecker, type: ts.Type): readonly string[] {
  return checker.getPropertiesOfType(type).flatMap((property) => {
    const value = checker.getNonNullableType(checker.getTypeOfSymbol(property));
    if (!isGroup(checker, value)) return [property.name];
    return pathsOf(checker, value).map((path) => `${property.name}.${path}`);
  });
}

function isGroup(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.isUnion() || (type.flags & ts.TypeFlags.Object) === 0 || checker.isArrayLikeType(type)) return false;
  const isForeign = type.symbol.declarations?.some((declaration) => declaration.getSourceFile().fileName.includes('@types/react'));
  return type.getCallSignatures().length === 0 && checker.getIndexInfosOfType(type).length === 0 && isForeign !== true;
}
