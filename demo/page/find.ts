/** The element of this page that the selector names; a page without it is a mistake of ours. */
export function find<T extends HTMLElement = HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (element === null) throw new Error(`The page has no ${selector}`);
  return element;
}
