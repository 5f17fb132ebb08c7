/**
 * Whether the package works in a browser: as `browserslist` in package.json has it, told by what the oldest version of each engine has and the one
 * before has not. Runs before anything else, so in any browser that has modules.
 */
export function isSupportedBrowser(): boolean {
  // Chromium 103, Safari 16.
  const isRecent = typeof AbortSignal === 'function' && 'timeout' in AbortSignal;
  // Firefox had it at 100; at 115 it got this property.
  return isRecent && (!knows('-moz-appearance', 'none') || knows('animation-composition', 'add'));
}

function knows(property: string, value: string): boolean {
  return typeof CSS !== 'undefined' && CSS.supports(property, value);
}
