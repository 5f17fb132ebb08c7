/** Newest of the colour functions in our style sheets, in the form in which they have it. */
const COLOR = 'light-dark(color(from red xyz-d65 x y calc(z * min(1, 0.15 / y))), color-mix(in srgb, red 1%, red))';

/** Whether the browser lacks a function that our colours are made by: then `computed-colors.ts` has to work them out. */
export function needsComputedColors(): boolean {
  return !CSS.supports('color', COLOR);
}
