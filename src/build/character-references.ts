/**
 * Packs HTML's named character references into a seventh of their size; `frame/app/markdown/syntax/late/rare-characters.ts` unpacks them.
 */

/**
 * Sorted by code point, `,` between two characters, ` ` between the names of one. The names are preceded by the distance from the previous
 * character, unless it is 1; if a name stands for several characters, their code points are joined by `.`. Names begin with a letter.
 */
export function packCharacterReferences(references: Readonly<Record<string, string>>): string {
  const namesOf = new Map<string, string[]>();
  for (const [name, text] of Object.entries(references)) namesOf.set(text, [...(namesOf.get(text) ?? []), name]);
  const entries = [...namesOf].map(([text, names]) => ({ codePoints: [...text].map((character) => character.codePointAt(0) ?? 0), names }));
  let previous = 0;
  return entries
    .toSorted((one, other) => (one.codePoints[0] ?? 0) - (other.codePoints[0] ?? 0))
    .map(({ codePoints, names }) => {
      if (codePoints.length > 1) return codePoints.join('.') + names.join(' ');
      const [codePoint = 0] = codePoints;
      const distance = codePoint - previous;
      previous = codePoint;
      return (distance === 1 ? '' : String(distance)) + names.join(' ');
    })
    .join(',');
}
