/** The description of a page, for search engines and previews of links: its first sentences. */
import { readFileSync } from 'node:fs';

/** Search engines show about as many characters. */
const MAX_LENGTH = 160;

/** Returns the sentences at the beginning of the first paragraph that fit, without Markdown. `undefined` if the page has no paragraph. */
export function describePage(file: string): string | undefined {
  const text = readFileSync(file, 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
  const paragraph = text
    .split(/\n{2,}/)
    .find((block) => /^[^#<|:\s-]/.test(block))
    ?.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[*`]/g, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/[:：]\s*$/, '');
  if (paragraph === undefined || paragraph.length <= MAX_LENGTH) return paragraph;
  return /^.*(?:\.(?= )|。)/.exec(paragraph.slice(0, MAX_LENGTH))?.[0] ?? `${paragraph.slice(0, MAX_LENGTH - 1)}…`;
}
