/** Explains why a text is not JSON. The explanation quotes nothing of the text, which may be a key. */

/** Returns the end of the sentence "The file is …" without its full stop. Names the line if it is known. */
export function describeNotJson(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n');
  if (lines.trim() === '') return 'empty';
  const broken = findBrokenString(lines);
  if (broken === undefined) return `not JSON${findPlace(lines)}: most often a comma or a quotation mark is missing, or is one too many`;
  return broken.isKey
    ? `not JSON at line ${broken.line}: a line ends within a string; were the key's line breaks pasted as they are? Write them as \\n`
    : `not JSON at line ${broken.line}: a string does not end on its line, most often because a quotation mark is missing`;
}

interface BrokenString {
  /** Counted from 1. */
  readonly line: number;
  readonly isKey: boolean;
}

/** Returns the first string that contains a line break, which JSON does not allow. */
function findBrokenString(text: string): BrokenString | undefined {
  let line = 1;
  let start: number | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\n') {
      if (start !== undefined) return { line, isKey: text.slice(start, index).includes('-----BEGIN') };
      line += 1;
    } else if (character === '"') {
      start = start === undefined ? index : undefined;
    } else if (character === '\\' && start !== undefined && text[index + 1] !== '\n') {
      index += 1;
    }
  }
  return undefined;
}

/** Takes the position from the end of the engine's message, and nothing else of it: the rest quotes the text. */
function findPlace(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    const [, position] = /position (\d+)(?: \(line \d+ column \d+\))?$/.exec(String(error)) ?? [];
    if (position !== undefined) return ` at line ${text.slice(0, Number(position)).split('\n').length}`;
  }
  return '';
}
