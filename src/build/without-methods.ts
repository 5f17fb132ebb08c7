/** Removes methods that no code calls. A bundler has to keep them, because any name could be accessed dynamically. */
import { parseAst, Visitor } from 'vite';

/** Class → names of its methods. */
export type MethodNames = Readonly<Record<string, readonly string[]>>;

/** @throws if a class has no such method; `source` names the code in the error */
export function withoutMethods(code: string, methods: MethodNames, source: string): string {
  const missing = new Set(Object.entries(methods).flatMap(([name, unused]) => unused.map((method) => `${name}.${method}`)));
  const found: { readonly start: number; readonly end: number }[] = [];
  new Visitor({
    ClassDeclaration({ id, body }) {
      for (const member of body.body) {
        if (member.type !== 'MethodDefinition' || member.key.type !== 'Identifier') continue;
        if (missing.delete(`${id?.name ?? ''}.${member.key.name}`)) found.push(member);
      }
    },
  }).visit(parseAst(code));
  if (missing.size > 0) throw new Error(`${source} no longer has ${[...missing].join(', ')}. Adapt the list to its present version.`);
  // From the end, so that a change does not move the positions of the remaining changes.
  return found
    .toSorted((one, other) => other.start - one.start)
    .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), code);
}
