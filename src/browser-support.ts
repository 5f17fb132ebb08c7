/**
 * Returns whether the browser is one of `browserslist` in package.json. Checks for features that the oldest such version of each engine has
 * and the version before it does not. Runs before all other code, and therefore in any browser that supports modules.
 */
export function isSupportedBrowser(): boolean {
  // Chromium 103, Safari 16.
  const isRecent = typeof AbortSignal === 'function' && 'timeout' in AbortSignal;
  // Firefox has `timeout` since 100, and this property since 115.
  return isRecent && (!knows('-moz-appearance', 'none') || knows('animation-composition', 'add'));
}

function knows(property: string, value: string): boolean {
  return typeof CSS !== 'undefined' && CSS.supports(property, value);
}
