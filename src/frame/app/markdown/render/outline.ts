/** Which headings a heading stands below, so that no level of headings is left out, however a bot begins. */

/** The depths of the headings that the end of a text stands below, the outermost first: one digit each. */
export type Outline = string;

/** Below a heading of `depth`: what is above a heading alone decides its level, so that none changes while more comes. */
export function enterHeading(outline: Outline, depth: number): Outline {
  return `${[...outline].filter((outer) => Number(outer) < depth).join('')}${depth}`;
}

/** Of the heading that ends the outline. A document has one heading of level 1, the chat's. */
export function toLevel(outline: Outline): 2 | 3 | 4 | 5 | 6 {
  return Math.min(outline.length + 1, 6) as 2 | 3 | 4 | 5 | 6;
}
