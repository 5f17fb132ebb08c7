/** What TypeScript knows of the element: its public members and its events, with their types. */
import { join } from 'node:path';
import ts from 'typescript';

export interface PublicApi {
  readonly summary: string;
  readonly fields: readonly Field[];
  readonly methods: readonly Method[];
  readonly events: readonly EventType[];
}

export interface Field {
  readonly name: string;
  /** As TypeScript writes it; of a choice of words, the words. */
  readonly type: string;
  readonly readonly: boolean;
}

export interface Method {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly returns: string;
}

export interface EventType {
  readonly name: string;
  readonly className: string;
  readonly fields: readonly Field[];
}

const ELEMENT = 'CozeChatElement';
const typeFormat = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

/** Of `src/index.ts` in the project's folder. Takes TypeScript a few seconds. */
export function readPublicApi(project: string): PublicApi {
  const entry = join(project, 'src/index.ts');
  const program = ts.createProgram([entry], compilerOptions(project));
  const checker = program.getTypeChecker();
  const moduleSymbol = checker.getSymbolAtLocation(found(program.getSourceFile(entry)));
  const alias = found(checker.getExportsOfModule(found(moduleSymbol)).find(({ name }) => name === ELEMENT));
  const element = checker.getAliasedSymbol(alias);
  const members = ownMembers(checker, checker.getDeclaredTypeOfSymbol(element));
  const isMethod = (symbol: ts.Symbol): boolean => (symbol.flags & ts.SymbolFlags.Method) !== 0;
  return {
    summary: ts.displayPartsToString(element.getDocumentationComment(checker)),
    fields: members.filter((symbol) => !isMethod(symbol)).map((symbol) => fieldOf(checker, symbol)),
    methods: members.filter(isMethod).map((symbol) => methodOf(checker, symbol)),
    events: eventsOf(checker),
  };
}

function compilerOptions(project: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(project, 'tsconfig.json'), ts.sys.readFile) as { readonly config: object };
  return ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, project).options;
}

/** Those that are declared here, for everybody; not what the class has from the platform or from Lit. */
function ownMembers(checker: ts.TypeChecker, type: ts.Type): readonly ts.Symbol[] {
  return checker.getPropertiesOfType(type).filter((symbol) => {
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined || !isOurs(declaration)) return false;
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    if ((ts.getCombinedModifierFlags(declaration) & hidden) !== 0 || symbol.name.startsWith('#')) return false;
    return !symbol.getJsDocTags(checker).some(({ name }) => name === 'internal');
  });
}

/** In `src/`, which no declaration file is. */
const isOurs = (declaration: ts.Declaration): boolean => !declaration.getSourceFile().isDeclarationFile;

function fieldOf(checker: ts.TypeChecker, symbol: ts.Symbol): Field {
  const declaration = found(symbol.valueDeclaration);
  const isGetter = (symbol.flags & ts.SymbolFlags.GetAccessor) !== 0 && (symbol.flags & ts.SymbolFlags.SetAccessor) === 0;
  return {
    name: symbol.name,
    type: textOf(checker, checker.getTypeOfSymbol(symbol)),
    readonly: isGetter || (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0,
  };
}

function methodOf(checker: ts.TypeChecker, symbol: ts.Symbol): Method {
  const signature = found(checker.getTypeOfSymbol(symbol).getCallSignatures()[0]);
  return {
    name: symbol.name,
    parameters: signature.parameters.map((parameter) => ({
      name: parameter.name,
      type: textOf(checker, checker.getTypeOfSymbol(parameter)),
    })),
    returns: textOf(checker, signature.getReturnType()),
  };
}

/** Those that the package has told the platform's types of. */
function eventsOf(checker: ts.TypeChecker): readonly EventType[] {
  const map = checker.resolveName('GlobalEventHandlersEventMap', undefined, ts.SymbolFlags.Interface, false);
  return ownMembers(checker, checker.getDeclaredTypeOfSymbol(found(map))).map((symbol) => {
    const type = checker.getTypeOfSymbol(symbol);
    return {
      name: symbol.name,
      className: type.symbol.name,
      fields: ownMembers(checker, type).map((field) => fieldOf(checker, field)),
    };
  });
}

function textOf(checker: ts.TypeChecker, type: ts.Type): string {
  const isChoice = type.isUnion() && type.types.every((member) => member.isLiteral());
  return checker.typeToString(type, undefined, isChoice ? typeFormat | ts.TypeFormatFlags.InTypeAlias : typeFormat);
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error(`src/index.ts is not what it was: no ${ELEMENT}, or not of this shape.`);
  return value;
}
