/** Whether `element` is drawn in dark colours: `color-scheme` says what its page can do, the visitor which of both, where it can do both. */
export function isDark(element: Element): boolean {
  const view = element.ownerDocument.defaultView;
  const colorScheme = view?.getComputedStyle(element).colorScheme ?? '';
  if (!colorScheme.includes('dark')) return false;
  return !colorScheme.includes('light') || view?.matchMedia('(prefers-color-scheme: dark)').matches === true;
}
