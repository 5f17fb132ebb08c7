/** The members of an options interface, with their types, defaults and descriptions: the analyzer only reads classes. */
import { ts } from '@custom-elements-manifest/analyzer';
import type { Symbol, Type } from 'typescript';
import { formatType, getDefault, getDescription, type PublicApi } from './public-api.js';

export interface InterfaceMember {
  /** Relative to the interface: `input.placeholder`. */
  readonly path: string;
  readonly type: string;
  readonly default: string | undefined;
  readonly description: string;
}

/** Reads an exported interface; the members of a nested interface follow the member that has its type. */
export function readInterface(api: PublicApi, name: string): readonly InterfaceMember[] {
  const symbol = api.exports.get(name);
  if (symbol === undefined) throw new Error(`The package exports no ${name}.`);
  return listMembers(api, api.checker.getDeclaredTypeOfSymbol(symbol), '');
}

function listMembers(api: PublicApi, type: Type, prefix: string): readonly InterfaceMember[] {
  const { checker } = api;
  return checker.getPropertiesOfType(type).flatMap((member: Symbol) => {
    const value = checker.getNonNullableType(checker.getTypeOfSymbol(member));
    const path = prefix + member.name;
    const isGroup = (value.symbol?.flags & ts.SymbolFlags.Interface) !== 0 && !checker.isArrayLikeType(value);
    const own: InterfaceMember = {
      path,
      type: formatType(value, checker),
      default: getDefault(member.valueDeclaration),
      description: getDescription(member, checker),
    };
    return isGroup ? [own, ...listMembers(api, value, `${path}.`)] : [own];
  });
}
