/** HTML's named character references in a seventh of their size: what `frame/app/markdown/syntax/late/rare-characters.ts` unpacks. */

/**
 * In the order of code points, `,` between two characters, ` ` between the names of one. Before the names stands the distance from the character
 * before, unless it is 1; where a name means several characters, their code points with `.` between them. Names begin with a letter.
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
