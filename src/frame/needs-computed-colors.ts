/** The newest colour functions that our style sheets use, in the same syntax. */
const COLOR = 'light-dark(color(from red xyz-d65 x y calc(z * min(1, 0.15 / y))), color-mix(in srgb, red 1%, red))';

/** Whether the browser lacks a colour function of our style sheets, so that `computed-colors.ts` must compute the colours. */
export function needsComputedColors(): boolean {
  return !CSS.supports('color', COLOR);
}
