/** Whether `element` is drawn in dark colours: `color-scheme` lists the schemes that its page supports; the visitor decides between both. */
export function isDark(element: Element): boolean {
  const view = element.ownerDocument.defaultView;
  const colorScheme = view?.getComputedStyle(element).colorScheme ?? '';
  if (!colorScheme.includes('dark')) return false;
  return !colorScheme.includes('light') || view?.matchMedia('(prefers-color-scheme: dark)').matches === true;
}
