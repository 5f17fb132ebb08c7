/** The members of an interface of options, with their types, defaults and descriptions: the analyzer reads classes only. */
import { ts } from '@custom-elements-manifest/analyzer';
import type { Symbol, Type } from 'typescript';
import { type PublicApi, defaultOf, descriptionOf, formatType } from './public-api.js';

export interface InterfaceMember {
  /** From the interface: `input.placeholder`. */
  readonly path: string;
  readonly type: string;
  readonly default: string | undefined;
  readonly description: string;
}

/** Of an exported interface; members of other interfaces follow the member that is made of them. */
export function readInterface(api: PublicApi, name: string): readonly InterfaceMember[] {
  const symbol = api.exports.get(name);
  if (symbol === undefined) throw new Error(`The package exports no ${name}.`);
  return membersOf(api, api.checker.getDeclaredTypeOfSymbol(symbol), '');
}

function membersOf(api: PublicApi, type: Type, prefix: string): readonly InterfaceMember[] {
  const { checker } = api;
  return checker.getPropertiesOfType(type).flatMap((member: Symbol) => {
    const value = checker.getNonNullableType(checker.getTypeOfSymbol(member));
    const path = prefix + member.name;
    const isGroup = (value.symbol?.flags & ts.SymbolFlags.Interface) !== 0 && !checker.isArrayLikeType(value);
    const own: InterfaceMember = {
      path,
      type: formatType(value, checker),
      default: defaultOf(member.valueDeclaration),
      description: descriptionOf(member, checker),
    };
    return isGroup ? [own, ...membersOf(api, value, `${path}.`)] : [own];
  });
}
