/** Markdown as one would read it out. */

const replacements: readonly (readonly [sign: RegExp, spoken: string])[] = [
  // Fences of code blocks
  [/^ *(?:```|~~~).*$/gm, ''],
  // Pictures and links, by their text
  [/!?\[([^\]]*)\]\([^)]*\)/g, '$1'],
  // The line below a table's head, and rules across the page
  [/^[ |:*_-]*[-*_]{3,}[ |:*_-]*$/gm, ''],
  // Headings, quotes, bullets
  [/^ *(?:#{1,6}|>|[-*+])\s+/gm, ''],
  // Emphasis, struck out text, code
  [/\*\*|__|~~|`/g, ''],
  [/(?<!\w)([*_])(\S[^*_]*)\1(?!\w)/g, '$2'],
  // Cells of a table
  [/ *\| */g, ' '],
  [/\s+/g, ' '],
];

export function markdownToSpeech(markdown: string): string {
  return replacements.reduce((text, [sign, spoken]) => text.replace(sign, spoken), markdown).trim();
}
