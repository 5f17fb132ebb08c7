/** Finds out whether git ignores a file of the project's root folder. Reads only patterns for files of that folder (gitignore(5)). */

/** @param text the content of `.gitignore`; the last pattern that matches decides */
export function isIgnored(file: string, text: string): boolean {
  const patterns = text
    .split('\n')
    // A blank at the start is part of a pattern.
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !line.startsWith('#'));
  // Brackets and backslashes are not supported. An exception with them may match this file, so the file does not count as ignored.
  if (patterns.some((pattern) => /^!.*[[\\]/.test(pattern))) return false;
  const last = patterns.findLast((pattern) => toExpression(pattern).test(file));
  return last !== undefined && !last.startsWith('!');
}

function toExpression(pattern: string): RegExp {
  const name = pattern.replace(/^!/, '').replace(/^(?:\*\*)?\//, '');
  const source = name
    .replace(/[$()+.[\\\]^{|}]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`);
}
