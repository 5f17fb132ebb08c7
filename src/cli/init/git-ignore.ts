/** Whether git ignores a file of the project's root folder, as far as patterns for files there are concerned (gitignore(5)). */

/** @param text the content of `.gitignore`; the last pattern that matches decides */
export function isIgnored(file: string, text: string): boolean {
  const patterns = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
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
