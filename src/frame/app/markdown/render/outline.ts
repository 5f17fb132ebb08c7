/** Computes the levels of headings from the headings above them, so that no level is skipped, whatever depth a bot begins with. */

/** The depths of the headings that enclose the end of a text, outermost first: one digit each. */
export type Outline = string;

/** Returns the outline after a heading of `depth`. Depends only on the text above, so that no level changes while text is still arriving. */
export function enterHeading(outline: Outline, depth: number): Outline {
  return `${[...outline].filter((outer) => Number(outer) < depth).join('')}${depth}`;
}

/** Returns the level of the outline's last heading. It is 2 or more, because the document has one heading of level 1, the chat's. */
export function toLevel(outline: Outline): 2 | 3 | 4 | 5 | 6 {
  return Math.min(outline.length + 1, 6) as 2 | 3 | 4 | 5 | 6;
}
